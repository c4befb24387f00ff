"""The database of a test run: the one in DATABASE_URL, else a private one for this run alone.

Making all tables costs ten seconds of a processor. So they are made once for each state of the migrations, in a
data folder that is kept under `var/tests`; a run works on a copy of it, each process of pytest-xdist on a copy of
its database in there, and tests that need an installation of their own on a copy of the folder.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import pytest
from django.db import connections

import passaparola
from passaparola.config.addresses import DatabaseAddress
from passaparola.kernel.database import binaries, private
from passaparola.kernel.database.cluster import NAME

FIRST = ("replay",)
"""The first command in the folder: one that needs all tables, and makes none of its own."""
ANSWER = "first-answer.json"
_KEPT = Path(__file__).parents[1] / "var" / "tests"
_FOLDER = "PASSAPAROLA_TESTS_FOLDER"
"""Where the run's database is; xdist's workers inherit it."""


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder; the first test that needs a database has it filled."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    stack = ExitStack()
    config.add_cleanup(stack.close)
    folder = TemporaryDirectory(prefix="passaparola-tests-", ignore_cleanup_errors=True)
    os.environ[_FOLDER] = stack.enter_context(folder)
    stack.callback(os.environ.pop, _FOLDER, None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Start or join the run's server, and have the test database copied instead of made."""
    folder = os.environ.get(_FOLDER)
    if not folder or os.environ.get("DATABASE_URL"):
        yield
        return
    with _alone(Path(folder) / "lock"):
        copy_made(Path(folder))
    with private.running(Path(folder), durable=False) as url:
        # The settings were read before any conftest: the dictionary that Django already holds is changed.
        ours = connections.databases["default"]
        ours |= {
            name: value
            for name, value in DatabaseAddress.parse(url).as_django().items()
            if name in {"NAME", "USER", "HOST", "PORT"}
        }
        ours["TEST"] |= {"TEMPLATE": NAME, "MIGRATE": False}
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose private database has all tables; tests work on copies."""
    folder = tmp_path_factory.mktemp("made")
    copy_made(folder)
    return folder


def copy_made(data: Path) -> None:
    """Give a data folder a private database with all tables, where it has none."""
    if (data / "postgres").exists():
        return
    shutil.copytree(kept() / "postgres", data / "postgres")


def kept() -> Path:
    """Return the folder that the copies are made of. What made it is proven by the answer it left (`ANSWER`)."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    with _alone(_KEPT / "lock"):
        made = _KEPT / _version()
        if not made.exists():
            _make(made)
    return made


def _make(folder: Path) -> None:
    """Have it made as people do: a first command in a fresh folder makes ready what it needs."""
    for older in _KEPT.iterdir():
        if older.is_dir():
            shutil.rmtree(older, ignore_errors=True)
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PASSAPAROLA_")}
    environ.pop("DATABASE_URL", None)
    source = str(Path(passaparola.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "passaparola.config.cli", *FIRST, "--json", "--data", str(unfinished)],
        env=environ | {"PYTHONPATH": source},
        stdout=subprocess.PIPE,
        check=True,
    )
    (unfinished / ANSWER).write_bytes(done.stdout)
    unfinished.rename(folder)


def _version() -> str:
    """Name what the tables depend on: the migrations' texts, what makes them, Django, and PostgreSQL."""
    ours = Path(passaparola.__file__).parent
    makers = (ours.glob(made) for made in ("**/migrations/0*.py", "kernel/database/*.py", "config/cli/*.py"))
    files = sorted(file for files in makers for file in files)
    found = binaries.find()
    told = sha256(f"{django.__version__} {found.folder} {found.major}".encode())
    for file in files:
        told.update(file.as_posix().encode() + file.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
