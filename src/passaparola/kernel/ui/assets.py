"""Files made on this machine instead of being committed: the office's typeface, cut down to what it writes.

The whole Figtree is about 60 KB; European names and the weights we use fit in 20 KB.
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

FOLDER = Path(__file__).parent / "static" / "ui" / "fonts"
WEIGHTS = (400, 400, 700)
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180))
SIGNS = "–—‘’“”„…•·€→←↑↓−×≤≥™"
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"]


def build_assets(folder: Path = FOLDER) -> list[Path]:
    """Make what is missing in `folder` and return what was made (nothing, when all is there already)."""
    font = folder / "figtree.woff2"
    if font.exists():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    # Written beside its place and then moved: two processes starting together never see half a font.
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        part.write(_figtree())
    Path(part.name).chmod(0o644)
    Path(part.name).replace(font)
    return [font]


def _figtree() -> bytes:
    """Figtree with European letters, regular to bold, as WOFF2 (about a third of a second)."""
    from io import BytesIO

    import fontpkg_figtree
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(fontpkg_figtree.ROOT / "files" / "Figtree[wght].ttf")
    cutter = Subsetter(Options(layout_features=FEATURES, hinting=False))
    cutter.populate(unicodes=[*LETTERS, *map(ord, SIGNS)])
    cutter.subset(font)
    instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    return made.getvalue()
