"""Blocks that are tables: progress, items with totals, details, the parcel, its siblings, similar things."""

from collections.abc import Mapping
from typing import Any, Protocol


class Look(Protocol):
    @property
    def colours(self) -> dict[str, str]: ...
    @property
    def words(self) -> Mapping[str, Any]: ...


Pair = tuple[str, str]


def progress(look: Look) -> Pair:
    """Five steps, of which `progress` are done. Steps are words too: colour alone says nothing.

    All five pictures are drawn beforehand: choosing one is quicker than drawing each bar for each person.
    """
    steps = look.words["steps"]
    pictures, marks = [], []
    for done in range(1, len(steps) + 1):
        condition = f"{{% {'if' if done == 1 else 'elsif'} progress == {done} %}}"
        pictures.append(condition + _bars(look, done))
        marked = (f"[{step}]" if number == done else step for number, step in enumerate(steps, 1))
        marks.append(f"{condition}{' > '.join(marked)}\n\n")
    mjml = (
        '<mj-table padding-top="14px" padding-bottom="18px" line-height="1.3" table-layout="fixed" '
        f'role="presentation">{"".join(pictures)}{{% endif %}}</mj-table>'
    )
    return mjml, f"{''.join(marks)}{{% endif %}}"


def _bars(look: Look, done: int) -> str:
    colours, bars, labels = look.colours, [], []
    for number, step in enumerate(look.words["steps"], 1):
        name, colour = ("done", colours["brand"]) if number <= done else ("rest", colours["rest"])
        gap = "padding-right:3px" if number < len(look.words["steps"]) else ""
        bars.append(
            f'<td width="20%" style="{gap}"><div class="{name}" style="height:6px;border-radius:3px;'
            f'font-size:0;line-height:6px;background:{colour}">&nbsp;</div></td>'
        )
        here = f'class="ink" style="font-weight:600;color:{colours["ink"]};'
        there = f'class="soft" style="color:{colours["soft"]};'
        labels.append(
            f'<td valign="top" {here if number == done else there}'
            f'font-size:12px;line-height:1.3;padding:7px 3px 0 0">{step}</td>'
        )
    return f"<tr>{''.join(bars)}</tr><tr>{''.join(labels)}</tr>"


def items(look: Look) -> Pair:
    """What was bought, and what it comes to."""
    colours, words = look.colours, look.words
    line, soft, ink = colours["line"], colours["soft"], colours["ink"]
    picture = (
        '{% if item.image %}<img src="{{ item.image }}" width="56" height="56" alt="" '
        'style="display:block;width:56px;height:56px;border-radius:10px;object-fit:cover"/>{% else %}'
        f'<div class="wash" style="width:56px;height:56px;border-radius:10px;background:{colours["wash"]}">'
        "</div>{% endif %}"
    )
    row = (
        f'<tr><td width="72" class="line" style="border-top:1px solid {line};padding:14px 16px 14px 0">{picture}</td>'
        f'<td class="line ink" style="border-top:1px solid {line};padding:14px 8px 14px 0;color:{ink}">'
        f'{{{{ item.title }}}}<div class="soft" style="font-size:14px;color:{soft}">'
        f"{{% if item.variant %}}{{{{ item.variant }}}} · {{% endif %}}{words['quantity']} "
        "{{ item.quantity }}</div></td>"
        f'<td align="right" class="line ink" style="border-top:1px solid {line};padding:14px 0;'
        f'white-space:nowrap;color:{ink}">{{{{ item.total }}}}</td></tr>'
    )
    sums = (
        f'{{% for sum in sums %}}<tr><td colspan="2" class="soft" style="padding:2px 0;color:{soft};'
        'font-size:15px">{{ sum.label }}</td>'
        f'<td align="right" class="soft" style="padding:2px 0;color:{soft};font-size:15px;'
        'white-space:nowrap">{{ sum.amount }}</td></tr>{% endfor %}'
        f'{{% if total.amount %}}<tr><td class="line" colspan="3" style="height:10px"></td></tr><tr>'
        f'<td colspan="2" class="ink strong" style="border-top:2px solid {ink};padding:14px 0;font-weight:700;'
        f'color:{ink}">{{{{ total.label }}}}</td><td align="right" class="ink strong" style="border-top:2px '
        f'solid {ink};padding:14px 0;font-weight:700;white-space:nowrap;color:{ink}">'
        "{{ total.amount }}</td></tr>{% endif %}"
    )
    mjml = (
        '<mj-table padding-top="10px" font-size="16px" line-height="1.45">'
        f"{{% for item in items %}}{row}{{% endfor %}}{{% if sums %}}<tr><td class='line' colspan='3' "
        f"style='border-top:1px solid {line};height:10px'></td></tr>{{% endif %}}{sums}</mj-table>"
    )
    text = (
        "{% if items %}{% for item in items %}{{ item.quantity }} x {{ item.title }}"
        "{% if item.variant %} ({{ item.variant }}){% endif %}"
        "{% if item.total %}: {{ item.total }}{% endif %}\n{% endfor %}\n{% endif %}"
        "{% for sum in sums %}{{ sum.label }}: {{ sum.amount }}\n{% endfor %}"
        "{% if total.amount %}{{ total.label }}: {{ total.amount }}\n\n{% endif %}"
    )
    return mjml, text


def details(look: Look) -> Pair:
    """Label and value, as many as are known: date, payment, address, expected arrival."""
    colours = look.colours
    mjml = (
        "<mj-raw>{% if details %}</mj-raw>"
        '<mj-table padding-top="6px" padding-bottom="6px" font-size="15px" line-height="1.5">'
        '{% for detail in details %}<tr><td class="soft" width="36%" valign="top" '
        f'style="padding:4px 12px 4px 0;color:{colours["soft"]}">{{{{ detail.label }}}}</td>'
        f'<td class="ink" valign="top" style="padding:4px 0;color:{colours["ink"]}">'
        "{{ detail.value }}{% for line in detail.more %}<br/>{{ line }}{% endfor %}"
        "</td></tr>{% endfor %}</mj-table><mj-raw>{% endif %}</mj-raw>"
    )
    text = (
        "{% if details %}{% for detail in details %}{{ detail.label }}: "
        "{{ detail.value }}{% for line in detail.more %}, {{ line }}{% endfor %}\n"
        "{% endfor %}\n{% endif %}"
    )
    return mjml, text


def parcel(look: Look) -> Pair:
    """Who carries it, under which number, and the carrier's own page."""
    colours, words = look.colours, look.words
    number = (
        f'{{% if parcel.link %}}<a class="brand-text" style="color:{colours["brand_text"]}" '
        'href="{{ parcel.link }}">{{ parcel.number }}</a>{% else %}{{ parcel.number }}{% endif %}'
    )
    mjml = (
        "<mj-raw>{% if parcel.number or parcel.contents %}</mj-raw>"
        '<mj-table padding-top="6px" padding-bottom="14px" font-size="15px" line-height="1.5"><tr>'
        f'<td class="wash ink" style="background:{colours["wash"]};border-radius:10px;padding:14px 16px;'
        f'color:{colours["ink"]}">'
        f"{{% if parcel.contents %}}{words['in_it']}: {{{{ parcel.contents }}}}"
        "{% if parcel.number %}<br/>{% endif %}{% endif %}"
        "{% if parcel.number %}{% if parcel.carrier %}{{ parcel.carrier }}, "
        f"{words['number']}{{% else %}}{words['Number']}{{% endif %}} {number}{{% endif %}}"
        "</td></tr></mj-table><mj-raw>{% endif %}</mj-raw>"
    )
    text = (
        f"{{% if parcel.contents %}}{words['in_it']}: {{{{ parcel.contents }}}}\n{{% endif %}}"
        "{% if parcel.number %}{% if parcel.carrier %}{{ parcel.carrier }}, "
        f"{words['number']}{{% else %}}{words['Number']}{{% endif %}} {{{{ parcel.number }}}}\n"
        "{% if parcel.link %}{{ parcel.link }}\n{% endif %}{% endif %}"
        "{% if parcel.number or parcel.contents %}\n{% endif %}"
    )
    return mjml, text


def siblings(look: Look) -> Pair:
    """The other parcels of the order, so that nobody looks for something that is not in this one."""
    words = look.words
    sentence = (
        "{% for sibling in siblings %}{% if sibling.is_told %}{% elsif sibling.state == 'delivered' %}"
        f"{words['sibling_delivered']}"
        "{% elsif sibling.state == 'waiting' %}"
        f"{words['sibling_waiting']}"
        "{% else %}"
        f"{words['sibling_moving']}"
        "{% endif %}{% unless forloop.last %}{{ ' ' }}{% endunless %}{% endfor %}"
    )
    mjml = (
        "<mj-raw>{% if siblings %}</mj-raw>"
        f'<mj-text css-class="ink">{sentence}</mj-text><mj-raw>{{% endif %}}</mj-raw>'
    )
    return mjml, f"{{% if siblings %}}{sentence}\n\n{{% endif %}}"


def joined(look: Look) -> Pair:
    """News told along, that would have been letters of their own."""
    del look
    gap = "{% unless forloop.last %}{{ ' ' }}{% endunless %}"
    sentences = f"{{% for sentence in joined %}}{{{{ sentence }}}}{gap}{{% endfor %}}"
    mjml = (
        "<mj-raw>{% if joined %}</mj-raw>"
        f'<mj-text css-class="ink">{sentences}</mj-text><mj-raw>{{% endif %}}</mj-raw>'
    )
    return mjml, f"{{% if joined %}}{sentences}\n\n{{% endif %}}"


def similar(look: Look) -> Pair:
    """Things of the same kind, up to three."""
    colours = look.colours
    mjml = (
        '<mj-table padding-top="4px" padding-bottom="14px" table-layout="fixed" font-size="14px" line-height="1.4">'
        "<tr>{% for product in similar %}"
        '<td width="33%" valign="top" style="padding:0 8px 0 0">'
        f'<a class="ink" href="{{{{ product.url }}}}" style="color:{colours["ink"]};text-decoration:none">'
        '{% if product.image %}<img src="{{ product.image }}" alt="" width="140" '
        'style="display:block;width:100%;max-width:150px;border-radius:10px;margin-bottom:8px"/>{% else %}'
        f'<div class="wash" style="height:96px;border-radius:10px;background:{colours["wash"]};margin-bottom:8px">'
        "</div>{% endif %}{{ product.title }}</a></td>{% endfor %}</tr></mj-table>"
    )
    text = "{% for product in similar %}- {{ product.title }}\n  {{ product.url }}\n{% endfor %}\n"
    return mjml, text
