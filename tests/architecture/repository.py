"""The files of the repository, as git sees them, or as they lie there where there is no git."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "passaparola"
_NOT_OURS = {".venv", ".git", "var", "screenshots", "node_modules"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return tuple(path for path in ROOT.rglob("*") if path.is_file() and not _is_foreign(path))
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def python_files() -> list[Path]:
    """Our modules, migrations left out: nobody writes or reads those."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]


def _is_foreign(path: Path) -> bool:
    return bool(_NOT_OURS & set(path.relative_to(ROOT).parts))
