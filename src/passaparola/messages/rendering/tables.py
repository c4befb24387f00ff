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
    """Five steps; `progress` says how many are done. Steps are words too: colour alone says nothing."""
    colours, steps = look.colours, look.words["steps"]
    bars, labels = [], []
    for number, step in enumerate(steps, 1):
        gap = "padding-right:3px" if number < len(steps) else ""
        bars.append(
            f'<td width="20%" style="{gap}"><div class="{{% if progress >= {number} %}}done{{% else %}}rest'
            f'{{% endif %}}" style="height:6px;border-radius:3px;font-size:0;line-height:6px;background:'
            f'{{% if progress >= {number} %}}{colours["brand"]}{{% else %}}{colours["rest"]}{{% endif %}}">'
            "&nbsp;</div></td>"
        )
        labels.append(
            f'<td valign="top" class="{{% if progress == {number} %}}ink{{% else %}}soft{{% endif %}}" '
            f'style="font-size:12px;line-height:1.3;padding:7px 3px 0 0;color:{colours["soft"]}'
            f'{{% if progress == {number} %}};font-weight:600;color:{colours["ink"]}{{% endif %}}">{step}</td>'
        )
    mjml = (
        '<mj-table padding-top="14px" padding-bottom="18px" line-height="1.3" table-layout="fixed" '
        f'role="presentation"><tr>{"".join(bars)}</tr><tr>{"".join(labels)}</tr></mj-table>'
    )
    marks = " > ".join(
        f"{{% if progress == {number} %}}[{step}]{{% else %}}{step}{{% endif %}}"
        for number, step in enumerate(steps, 1)
    )
    return mjml, f"{marks}\n\n"


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
        f'{{% for sum in sums %}}<tr><td colspan="2" class="soft {{% if forloop.first %}}line{{% endif %}}" '
        f'style="padding:{{% if forloop.first %}}12px{{% else %}}2px{{% endif %}} 0 2px;color:{soft};font-size:15px'
        f'{{% if forloop.first %}};border-top:1px solid {line}{{% endif %}}">{{{{ sum.label }}}}</td>'
        f'<td align="right" class="soft {{% if forloop.first %}}line{{% endif %}}" style="padding:'
        f"{{% if forloop.first %}}12px{{% else %}}2px{{% endif %}} 0 2px;color:{soft};font-size:15px;"
        f'white-space:nowrap{{% if forloop.first %}};border-top:1px solid {line}{{% endif %}}">'
        "{{ sum.amount }}</td></tr>{% endfor %}"
        f'{{% if total.amount %}}<tr><td colspan="2" class="ink strong" style="border-top:2px solid {ink};'
        f'padding:14px 0;font-weight:700;color:{ink}">{{{{ total.label }}}}</td><td align="right" '
        f'class="ink strong" style="border-top:2px solid {ink};padding:14px 0;font-weight:700;white-space:nowrap;'
        f'color:{ink}">{{{{ total.amount }}}}</td></tr>{{% endif %}}'
    )
    mjml = (
        '<mj-table padding-top="10px" font-size="16px" line-height="1.45">'
        f"{{% for item in items %}}{row}{{% endfor %}}{{% if sums %}}<tr><td colspan='3' style='height:10px'></td>"
        f"</tr>{{% endif %}}{sums}</mj-table>"
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
        "{% for line in detail.lines %}{{ line }}{% unless forloop.last %}<br/>{% endunless %}{% endfor %}"
        "</td></tr>{% endfor %}</mj-table><mj-raw>{% endif %}</mj-raw>"
    )
    text = (
        "{% if details %}{% for detail in details %}{{ detail.label }}: "
        "{% for line in detail.lines %}{{ line }}{% unless forloop.last %}, {% endunless %}{% endfor %}\n"
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
        "{% for sibling in siblings %}{% if sibling.state == 'delivered' %}"
        f"{words['sibling_delivered']}"
        "{% elsif sibling.state == 'waiting' %}"
        f"{words['sibling_waiting']}"
        "{% else %}"
        f"{words['sibling_moving']}"
        "{% endif %}{% unless forloop.last %} {% endunless %}{% endfor %}"
    )
    mjml = (
        "<mj-raw>{% if siblings %}</mj-raw>"
        f'<mj-text css-class="ink">{sentence}</mj-text><mj-raw>{{% endif %}}</mj-raw>'
    )
    return mjml, f"{{% if siblings %}}{sentence}\n\n{{% endif %}}"


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
