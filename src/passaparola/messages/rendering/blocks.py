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
    opens, closes = block.get("opens", f"{{% if {condition} %}}"), block.get("closes", "{% endif %}")
    return Parts(
        f"{raw(opens)}{parts.mjml}{raw(closes)}",
        f"{{% if {condition} %}}{parts.text}{{% endif %}}",
    )


def raw(liquid: str) -> str:
    """Put Liquid between MJML elements."""
    return f"<mj-raw>{liquid}</mj-raw>"


def _said(block: dict[str, Any]) -> str:
    """Return the block's words for a mail without HTML."""
    return str(block.get("plain", block["text"]))


def _heading(block: dict[str, Any], setting: Setting) -> Parts:
    mjml = (
        f'<mj-text css-class="ink" font-family="{setting.face}" font-size="26px" line-height="1.25" '
        f'padding-bottom="12px"><h1 style="margin:0;font:inherit">{block["text"]}</h1></mj-text>'
    )
    return Parts(mjml, f"{_said(block)}\n\n")


def _subheading(block: dict[str, Any], setting: Setting) -> Parts:
    mjml = (
        f'<mj-text css-class="ink" font-family="{setting.face}" font-size="19px" padding="16px 0 12px">'
        f'<h2 style="margin:0;font:inherit">{block["text"]}</h2></mj-text>'
    )
    return Parts(mjml, f"{_said(block)}\n\n")


def _paragraph(block: dict[str, Any], setting: Setting) -> Parts:
    del setting
    return Parts(f'<mj-text css-class="ink">{block["text"]}</mj-text>', f"{_said(block)}\n\n")


def _button(block: dict[str, Any], setting: Setting) -> Parts:
    del setting
    url = block.get("url", "{{ order.url }}")
    mjml = f'<mj-button css-class="button" href="{url}">{block["text"]}</mj-button>'
    return Parts(mjml, f"{_said(block)}:\n{block.get('plain_url', url)}\n\n")


def _note(block: dict[str, Any], setting: Setting) -> Parts:
    """A word from the person who signs for the shop."""
    soft = setting.colours["soft"]
    signed = "{% if store.signature %}<br/>{{ store.signature }}{% endif %}"
    mjml = f'<mj-text css-class="soft" color="{soft}" padding-top="10px">{block["text"]}{signed}</mj-text>'
    text = f"{_said(block)}{{% if store.signature %}}\n{{{{ store.signature }}}}{{% endif %}}\n\n"
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
    return Parts(mjml, f"{_said(block)}\n{{{{ coupon }}}}\n\n")


def _image(block: dict[str, Any], setting: Setting) -> Parts:
    """A picture, with words for those who do not see it, and a link behind it where one is given."""
    del setting
    if not block.get("image"):
        return Parts("", "")
    link = f'href="{block["url"]}" ' if block.get("url") else ""
    mjml = (
        f'<mj-image src="{block["image"]}" alt="{block.get("alt", "")}" {link}border-radius="10px" '
        'padding="4px 0 20px" fluid-on-mobile="true" />'
    )
    words = block.get("plain_alt", "")
    text = f"{words}{' (' if words else ''}{block['plain_url']}{')' if words else ''}" if link else words
    return Parts(mjml, f"{text}\n\n" if text else "")


def _divider(block: dict[str, Any], setting: Setting) -> Parts:
    del block
    line = setting.colours["line"]
    return Parts(f'<mj-divider border-width="1px" border-color="{line}" padding="6px 0 22px" />', "* * *\n\n")


def _source(block: dict[str, Any], setting: Setting) -> Parts:
    """MJML as it was typed, for whoever knows it; a mail without HTML goes without."""
    del setting
    return Parts(block["text"], "")


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
    "image": _image,
    "divider": _divider,
    "mjml": _source,
}
FIELDS = ("text", "url", "image", "alt", "if")
"""What a block may hold beside its type."""
ABOUT_AN_ORDER = frozenset({"progress", "items", "details", "parcel", "siblings", "similar"})
"""Blocks that draw what an order holds, and nothing where there is none."""
WORDED = frozenset({"heading", "subheading", "paragraph", "button", "note", "coupon", "mjml"})
"""Blocks that say what is typed into them."""


def plain(text: str) -> str:
    """Escape what is not Liquid and comes from the shop's settings."""
    return escape(text, quote=True)
