"""Files made on this machine instead of being committed, before the web starts.

The office's typeface, cut down to what it writes: the whole Figtree is 60 KB, European names in the weights we
use fit in 20. htmx, out of its package. And everything pages load compressed beside itself, which is where
WhiteNoise looks for it: the office's stylesheet is 23 KB on disk and 5 on the line.
"""

import gzip
import logging
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile

FOLDER = Path(__file__).parent / "static" / "ui"
LOADED = ("office.css", "customer.css", "office.js", "htmx.js")
WEIGHTS = (400, 400, 700)
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180))
SIGNS = "–—‘’“”„…•·€→←↑↓−×≤≥™"
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"]

log = logging.getLogger(__name__)


def build_assets(folder: Path = FOLDER) -> list[Path]:
    """Make what is missing or older than its source, and return what was made.

    Takes half a second the first time and nothing after that. In a folder that can't be written nothing is
    made: pages then show the system's typeface and load a little slower, which is no reason not to start.
    """
    htmx = Path(str(files("django_htmx"))) / "static" / "django_htmx" / "htmx-2.min.js"
    try:
        made = [
            _make(folder / "fonts" / "figtree.woff2", _figtree),
            _make(folder / "htmx.js", htmx.read_bytes, source=htmx),
        ]
        made += [path for name in LOADED for path in _compressed(folder / name)]
    except OSError as error:
        log.warning("The pages' typeface could not be made: %s", error)
        return []
    return [path for path in made if path]


def _make(target: Path, content: Callable[[], bytes], *, source: Path | None = None) -> Path | None:
    """Write `target` unless it is there already and no older than its source."""
    if target.exists() and not (source and source.stat().st_mtime > target.stat().st_mtime):
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written elsewhere on the same disk and then moved: two processes starting together never see half a file,
    # and one that lists the static files meanwhile never meets a name that is gone a moment later.
    with NamedTemporaryFile(dir=_workshop(target), suffix=".part", delete=False) as part:
        part.write(content())
    Path(part.name).chmod(0o644)
    return Path(part.name).replace(target)


def _workshop(target: Path) -> Path:
    """Return a folder on the same disk that no web server looks through."""
    return next((folder.parent for folder in target.parents if folder.name == "static"), target.parent)


def _compressed(source: Path) -> list[Path | None]:
    """The same file for browsers that take Brotli (all of them, over https) and gzip."""
    if not source.exists():
        return []
    import brotli

    return [
        _make(
            source.with_name(f"{source.name}.br"), lambda: brotli.compress(source.read_bytes()), source=source
        ),
        _make(
            source.with_name(f"{source.name}.gz"), lambda: gzip.compress(source.read_bytes()), source=source
        ),
    ]


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
