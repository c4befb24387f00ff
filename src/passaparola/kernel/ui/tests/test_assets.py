"""Files made on this machine before the web starts."""

from pathlib import Path

from passaparola.kernel.ui import assets


def test_nothing_half_made_ever_lies_among_the_static_files(tmp_path: Path) -> None:
    folder = tmp_path / "static" / "ui"
    seen: list[str] = []

    assets._make(folder / "htmx.js", lambda: seen.extend(p.name for p in folder.rglob("*")) or b"made")

    assert seen == []
    assert [p.name for p in folder.iterdir()] == ["htmx.js"]
    assert [p.name for p in tmp_path.iterdir()] == ["static"]
