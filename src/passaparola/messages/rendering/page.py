"""The page around the blocks: MJML with the shop's look, by day and by night."""

from dataclasses import replace

from passaparola.messages.kind import KINDS
from passaparola.messages.rendering import tables
from passaparola.messages.rendering.blocks import Parts, Setting, parts_of, plain
from passaparola.messages.rendering.brand import BODY_FACE, Brand
from passaparola.messages.rendering.texts import Texts, words_of

_DARK = {
    "page": "background:{page} !important;background-color:{page} !important",
    "card, .card > table": "background:{card} !important;background-color:{card} !important",
    "ink, .ink div, .ink a": "color:{ink} !important",
    "soft, .soft div, .soft a": "color:{soft} !important",
    "brand-text": "color:{brand_text} !important",
    "line": "border-color:{line} !important",
    "strong": "border-color:{ink} !important",
    "wash": "background:{wash} !important;background-color:{wash} !important",
    "done": "background:{brand} !important;background-color:{brand} !important",
    "rest": "background:{rest} !important;background-color:{rest} !important",
    "button td": "background:{brand} !important;background-color:{brand} !important",
    "button a": "background:{brand} !important;background-color:{brand} !important;color:{on_brand} !important",
}


AS_A_PAGE = "page_url"
"""A campaign tells where its letter is public; other mails have no such page."""


def compose(texts: Texts, brand: Brand) -> Parts:
    """Return the whole mail as MJML and as text, both still holding Liquid."""
    title, preview = texts.head
    texts = replace(texts, subject=title or texts.subject, preview=preview or texts.preview)
    setting = Setting(colours=brand.colours(), face=brand.face, words=words_of(texts.language))
    parts = [parts_of(block, setting) for block in texts.blocks]
    if KINDS[texts.kind].urgency:  # whoever wrote the texts: what is told along is never left out
        parts.insert(_place_for_joined(texts), Parts(*tables.joined(setting)))
    mjml = _page("".join(part.mjml for part in parts), texts, brand, setting)
    footer = _footer_lines(brand, setting)
    here = f"{{% if {AS_A_PAGE} %}}{setting.words['in_browser']}: {_as_a_page(texts)}\n{{% endif %}}"
    text = (
        "".join(part.text for part in parts)
        + "-- \n"
        + here
        + "\n".join(footer)
        + "\n{{ preferences_url }}\n"
    )
    return Parts(mjml, text)


def _as_a_page(texts: Texts) -> str:
    """Return where a campaign's letter can be read in the reader's language."""
    return f"{{{{ {AS_A_PAGE} }}}}?language={texts.language}"


def _place_for_joined(texts: Texts) -> int:
    """Before the other parcels, else before the first button, else at the end."""
    types = [block["type"] for block in texts.blocks]
    return next((types.index(one) for one in ("siblings", "button") if one in types), len(types))


def _footer_lines(brand: Brand, setting: Setting) -> list[str]:
    who = ", ".join(part for part in (brand.name, brand.address) if part)
    return [_literal(who), str(setting.words["why"]), str(setting.words["preferences"]) + ":"]


def _literal(text: str) -> str:
    """Keep Liquid's signs in a shop's name from being read as Liquid."""
    return text.replace("{", "❴").replace("}", "❵")


def _page(blocks: str, texts: Texts, brand: Brand, setting: Setting) -> str:
    colours, words = setting.colours, setting.words
    who = plain(_literal(", ".join(part for part in (brand.name, brand.address) if part)))
    link = f'<a href="{_as_a_page(texts)}" style="color:{colours["soft"]}">{words["in_browser"]}</a>'
    as_a_page = f"{{% if {AS_A_PAGE} %}}{link} · {{% endif %}}"
    return f"""<mjml lang="{texts.language}" dir="ltr">
<mj-head>
<mj-title>{texts.subject}</mj-title>
<mj-preview>{texts.preview}</mj-preview>
<mj-attributes>
<mj-all font-family="{BODY_FACE}" />
<mj-text font-size="16px" line-height="1.6" color="{colours["ink"]}" padding="0 0 16px" />
<mj-button background-color="{colours["brand"]}" color="{colours["on_brand"]}" font-size="16px"
 font-weight="600" line-height="1.2" border-radius="{min(brand.radius * 2, 24)}px" inner-padding="14px 28px"
 align="left" padding="6px 0 22px" />
<mj-table padding="0" color="{colours["ink"]}" />
</mj-attributes>
<mj-style>{_styles(brand)}</mj-style>
<mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" />
<script type="application/ld+json">{{{{ structured }}}}</script></mj-raw>
</mj-head>
<mj-body background-color="{colours["page"]}" css-class="page" width="600px">
<mj-section padding="30px 24px 18px"><mj-column><mj-text align="center" font-family="{brand.face}" font-size="24px"
 line-height="1.3" padding="0" css-class="ink"><a href="{plain(_literal(brand.url))}"
 style="color:{colours["ink"]};text-decoration:none">{plain(_literal(brand.name))}</a></mj-text></mj-column></mj-section>
<mj-section css-class="card" background-color="{colours["card"]}" border-radius="{brand.radius}px"
 padding="44px 48px 28px"><mj-column>{blocks}</mj-column></mj-section>
<mj-section padding="26px 24px 40px"><mj-column><mj-text align="center" font-size="13px" line-height="1.6"
 padding="0" color="{colours["soft"]}" css-class="soft">{who}<br />{words["why"]}<br />
{as_a_page}
<a href="{{{{ preferences_url }}}}" style="color:{colours["soft"]}">{words["preferences"]}</a></mj-text></mj-column>
</mj-section>
</mj-body>
</mjml>"""


def _styles(brand: Brand) -> str:
    night = brand.night()
    dark = "".join(f".{name} {{ {rule.format(**night)} }}\n" for name, rule in _DARK.items())
    phone = ".card > table > tbody > tr > td { padding: 34px 26px 18px !important; }"
    return (
        ":root { color-scheme: light dark; supported-color-schemes: light dark; }\n"
        f"@media (max-width: 479px) {{ {phone} }}\n"
        f"@media (prefers-color-scheme: dark) {{ body, {dark} }}"
    )
