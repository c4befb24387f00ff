"""Papers as PDF: receipts, certificates, evidence. Written by fpdf2, which needs no program of the system.

The letters are Figtree's, cut to two fixed weights once per machine; a sign that the face lacks (Greek,
Chinese) becomes a question mark rather than an error: a receipt is wanted whatever somebody's name is.
"""

import logging
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

FACE = "Figtree"
WEIGHTS = {"": 400, "B": 700}
_GREY = 110
_AMOUNT = 42
"""Millimetres for what stands on the right."""
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Paper(FPDF):
    """A4, one column, the shop's name at the head. Methods add what papers are made of."""

    def __init__(self, shop: str, *, language: str, title: str) -> None:
        super().__init__(format="A4")
        self.shop = shop
        for style, path in _faces().items():
            self.add_font(FACE, style, path)
        self.set_lang(language)
        self.set_title(title)
        self.set_creator("Passaparola")
        self.set_margin(22)
        self.set_auto_page_break(auto=True, margin=22)
        self.add_page()

    def words(self, text: str, *, size: float = 10.5, bold: bool = False, soft: bool = False) -> None:
        """A paragraph."""
        self.set_font(FACE, "B" if bold else "", size)
        self.set_text_color(_GREY if soft else 0)
        told = _printable(text)
        self.multi_cell(0, size * 0.52, told, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def gap(self, height: float = 4) -> None:
        self.ln(height)

    def rule(self) -> None:
        self.ln(2)
        self.set_draw_color(210)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(3)

    def row(self, left: str, right: str, *, bold: bool = False, soft: str = "") -> None:
        """A name on one side and an amount on the other; long names run over several lines."""
        self.set_font(FACE, "B" if bold else "", 10.5)
        self.set_text_color(0)
        width, top, page = self.epw - _AMOUNT, self.y, self.page
        self.multi_cell(width, 5.6, _printable(left), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        below = self.y
        if self.page == page:  # else the amount stands beside the last line
            self.set_xy(self.l_margin + width, top)
        else:
            self.set_xy(self.l_margin + width, below - 5.6)
        self.cell(_AMOUNT, 5.6, _printable(right), align=Align.R)
        self.set_xy(self.l_margin, below)
        if soft:
            self.words(soft, size=9, soft=True)
        self.ln(1)

    def content(self) -> bytes:
        return bytes(self.output())


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(_faces()[""]).getBestCmap())


def _printable(text: str) -> str:
    """Return text with only what the face can write."""
    plain = " ".join(text.split()) if "\n" not in text else text
    return "".join(sign if ord(sign) in _letters() or sign == "\n" else "?" for sign in plain)


@lru_cache(maxsize=1)
def _faces() -> dict[str, Path]:
    """Return the files of the weights, made when first asked for (half a second)."""
    folder = Path(settings.MEDIA_ROOT).parent / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    return {style: _face(folder / f"figtree-{weight}.ttf", weight) for style, weight in WEIGHTS.items()}


def _face(target: Path, weight: int) -> Path:
    if target.exists():
        return target
    import fontpkg_figtree
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(fontpkg_figtree.ROOT / "files" / "Figtree[wght].ttf")
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    # Written elsewhere and moved: of two processes that want it at once none reads half a file.
    with NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        font.save(part)
    return Path(part.name).replace(target)
