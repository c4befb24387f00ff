"""The blocks a mail is made of. Each gives its MJML and its plain text, from the same words.

Both still hold Liquid. A block may have `if`: a Liquid condition under which it is there at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from passaparola.messages.rendering import tables
from passaparola.messages.rendering.texts import TemplateError


@dataclass(frozen=True, slots=True)
class Parts:
    """One block twice: as MJML inside a column, and as text with a blank line after it."""

    mjml: str
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What every block is made with."""

    colours: dict[str, str]
    face: str
    words: dict[str, Any]


def parts_of(block: dict[str, Any], setting: Setting) -> Parts:
    """Return the block's two shapes; TemplateError for a type there is not."""
    make = BLOCKS.get(block["type"])
    if make is None:
        raise TemplateError(f"“{block['type']}” is no block; there are: {', '.join(BLOCKS)}.")
    parts = make(block, setting)
    condition = block.get("if")
    if not condition:
        return parts
    return Parts(
        f"{raw(f'{{% if {condition} %}}')}{parts.mjml}{raw('{% endif %}')}",
        f"{{% if {condition} %}}{parts.text}{{% endif %}}",
    )


def raw(liquid: str) -> str:
    """Put Liquid between MJML elements."""
    return f"<mj-raw>{liquid}</mj-raw>"


def _heading(block: dict[str, Any], setting: Setting) -> Parts:
    mjml = (
        f'<mj-text css-class="ink" font-family="{setting.face}" font-size="26px" line-height="1.25" '
        f'padding-bottom="12px"><h1 style="margin:0;font:inherit">{block["text"]}</h1></mj-text>'
    )
    return Parts(mjml, f"{block['text']}\n\n")


def _subheading(block: dict[str, Any], setting: Setting) -> Parts:
    mjml = (
        f'<mj-text css-class="ink" font-family="{setting.face}" font-size="19px" padding="16px 0 12px">'
        f'<h2 style="margin:0;font:inherit">{block["text"]}</h2></mj-text>'
    )
    return Parts(mjml, f"{block['text']}\n\n")


def _paragraph(block: dict[str, Any], setting: Setting) -> Parts:
    del setting
    return Parts(f'<mj-text css-class="ink">{block["text"]}</mj-text>', f"{block['text']}\n\n")


def _button(block: dict[str, Any], setting: Setting) -> Parts:
    del setting
    url = block.get("url", "{{ order.url }}")
    mjml = f'<mj-button css-class="button" href="{url}">{block["text"]}</mj-button>'
    return Parts(mjml, f"{block['text']}:\n{url}\n\n")


def _note(block: dict[str, Any], setting: Setting) -> Parts:
    """A word from the person who signs for the shop."""
    soft = setting.colours["soft"]
    signed = "{% if store.signature %}<br/>{{ store.signature }}{% endif %}"
    mjml = f'<mj-text css-class="soft" color="{soft}" padding-top="10px">{block["text"]}{signed}</mj-text>'
    text = f"{block['text']}{{% if store.signature %}}\n{{{{ store.signature }}}}{{% endif %}}\n\n"
    return Parts(mjml, text)


def _coupon(block: dict[str, Any], setting: Setting) -> Parts:
    colours = setting.colours
    mjml = (
        '<mj-table padding-top="6px" padding-bottom="18px"><tr><td class="wash ink" align="center" '
        f'style="background:{colours["wash"]};border:1px dashed {colours["brand"]};border-radius:10px;'
        f'padding:18px"><div class="soft" style="font-size:14px;color:{colours["soft"]}">{block["text"]}</div>'
        f'<div class="brand-text" style="font-size:22px;font-weight:700;letter-spacing:2px;'
        f'color:{colours["brand_text"]};padding-top:4px">{{{{ coupon }}}}</div></td></tr></mj-table>'
    )
    return Parts(mjml, f"{block['text']}\n{{{{ coupon }}}}\n\n")


def _made_by(
    table: Callable[[Setting], tuple[str, str]],
) -> Callable[[dict[str, Any], Setting], Parts]:
    def make(block: dict[str, Any], setting: Setting) -> Parts:
        del block
        return Parts(*table(setting))

    return make


BLOCKS: dict[str, Callable[[dict[str, Any], Setting], Parts]] = {
    "heading": _heading,
    "subheading": _subheading,
    "paragraph": _paragraph,
    "button": _button,
    "note": _note,
    "coupon": _coupon,
    "progress": _made_by(tables.progress),
    "items": _made_by(tables.items),
    "details": _made_by(tables.details),
    "parcel": _made_by(tables.parcel),
    "siblings": _made_by(tables.siblings),
    "similar": _made_by(tables.similar),
}


def plain(text: str) -> str:
    """Escape what is not Liquid and comes from the shop's settings."""
    return escape(text, quote=True)
