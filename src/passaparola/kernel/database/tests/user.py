"""A process that uses the private database: prints its address and stays until its input ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import passaparola
from passaparola.kernel.database import private
from passaparola.kernel.database.errors import PrivateDatabaseError

SOURCE = str(Path(passaparola.__file__).parent.parent)


class User:
    """One such process, from the test's side."""

    def __init__(self, data: Path, *, python: Sequence[str] = (sys.executable,)) -> None:
        command = [*python, "-m", "passaparola.kernel.database.tests.user", str(data)]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": SOURCE},
        )
        self._says = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.leave()

    @property
    def says(self) -> str:
        """The address, once the database answers, or the sentence of the refusal."""
        assert self.process.stdout is not None
        self._says = self._says or self.process.stdout.readline().strip()
        return self._says

    def leave(self) -> None:
        self.process.communicate()

    def killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.leave()


def ask(url: str, question: str = "SELECT 1") -> object:
    """Ask the database something, patient with one that is just being started again."""
    import psycopg  # the process itself does without: it may run where only the standard library is

    until = time.monotonic() + 20
    while True:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                cursor = connection.execute(question)
                return cursor.fetchone()[0] if cursor.description else None
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def processes(data: Path) -> list[int]:
    """Every process that has to do with a data folder: keepers, servers and their children."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace")
            place = str((process / "cwd").resolve())
        except OSError:
            continue
        if place == str(data / "postgres") or ("database.keeper" in words and str(data) in words):
            found.append(int(process.name))
    return found


def is_abandoned(data: Path) -> bool:
    """Tell whether every process goes, given a few seconds."""
    until = time.monotonic() + 10
    while processes(data):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


if __name__ == "__main__":
    try:
        with private.running(Path(sys.argv[1]), durable=False) as address:
            print(address, flush=True)  # noqa: T201 - how it answers
            sys.stdin.read()
    except PrivateDatabaseError as refusal:
        print(refusal, flush=True)  # noqa: T201 - how it answers
