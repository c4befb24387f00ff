"""A form as a browser would send it, read from the page."""

from html.parser import HTMLParser


class Sent(HTMLParser):
    """What the first form of a page sends when nobody touches it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._forms, self._chosen, self._area, self._options = 0, "", "", []
        self.feed(page[page.index("<main") :])

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self._forms += tag == "form"
        name = told.get("name") or ""
        if self._forms != 1:
            return
        if tag == "select":
            self._chosen, self._options = name, []
        elif tag == "option":
            self._options.append((told.get("value") or "", "selected" in told))
        elif tag == "textarea":
            self._area = name
            self.fields[name] = [""]
        elif tag == "input" and name and (told.get("type") != "checkbox" or "checked" in told):
            self.fields.setdefault(name, []).append(told.get("value") or "")

    def handle_data(self, data):
        if self._area:
            self.fields[self._area][0] += data

    def handle_endtag(self, tag):
        if tag == "select" and self._chosen:
            selected = [value for value, is_it in self._options if is_it] or [self._options[0][0]]
            self.fields[self._chosen] = selected[:1]
            self._chosen = ""
        elif tag == "textarea":
            self._area = ""
