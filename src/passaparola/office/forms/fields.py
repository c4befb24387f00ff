"""What all our forms share."""

from typing import Any

from django import forms


class OfficeForm(forms.Form):
    """A form whose ids don't clash with another one's on the same page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


def line(attrs: dict[str, Any] | None = None) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"} | (attrs or {}))
