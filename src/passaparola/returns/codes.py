"""QR codes, drawn into the page: the policy of our pages forbids pictures from elsewhere, and scripts."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr(text: str, label: str) -> SafeString:
    """Return the code as SVG: dark on white also at night, since scanners want it so; with a quiet zone around."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    # segno writes attributes of its own only; the label is ours to escape.
    return mark_safe(drawn.replace("<svg ", format_html('<svg role="img" aria-label="{}" ', label), 1))  # noqa: S308
