"""One data folder of PostgreSQL: made, started, stopped. When to do so is the keeper's business."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from passaparola.kernel import tied
from passaparola.kernel.database import binaries, left_over, settings, sockets
from passaparola.kernel.database.errors import PrivateDatabaseError

NAME = "passaparola"
"""Of the database and of its only user."""

Server = subprocess.Popen[bytes]

_LONGEST_LOG = 1_000_000
# PostgreSQL refuses to run as root. In a user namespace of its own the same process is user 1000 to
# itself, and the files stay root's: no other user is needed and no permission of any folder is touched.
_AS_NOT_ROOT = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The PostgreSQL in `data`/postgres. Not `durable` is for tests: a power cut may then ruin it."""

    data: Path
    durable: bool = True

    @property
    def folder(self) -> Path:
        """PostgreSQL's own folder."""
        return self.data / "postgres"

    @property
    def log(self) -> Path:
        """What the server and its keeper say."""
        return self.data / "postgres.log"

    @property
    def url(self) -> str:
        """The address for DATABASE_URL; it stays the same however often the server is started again."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(sockets.folder_of(self.data)), safe='')}"

    def make(self) -> None:
        """Make the database if there is none yet. Whole or not at all: a killed attempt is thrown away."""
        if self.folder.exists():
            return
        found, unfinished = binaries.find(), self.data / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = [
            "--username",
            NAME,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        self._run(
            [
                found / "initdb",
                "--pgdata",
                str(unfinished),
                *options,
                *([] if self.durable else ["--no-sync"]),
            ]
        )
        single = [
            "--single",
            "-D",
            str(unfinished),
            "-c",
            f"fsync={'on' if self.durable else 'off'}",
            "postgres",
        ]
        self._run([found / "postgres", *single], says=f"CREATE DATABASE {NAME};\n")
        unfinished.rename(self.folder)

    def start(self) -> Server:
        """Start the server as a child of this thread; it stops by itself when the thread ends."""
        socket_folder = sockets.make_folder_for(self.data)
        left_over.clear(self.folder, socket_folder / sockets.SOCKET)
        found = binaries.find(int((self.folder / "PG_VERSION").read_text()))
        how = settings.arguments(major=found.major, durable=self.durable, socket_folder=socket_folder)
        program = [*_prefix(), found / "postgres", "-D", str(self.folder), *how]
        self._turn_log()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                tied.command(program, signal.SIGINT), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def is_ready(self) -> bool:
        """Tell whether a server accepts connections to this folder now, whoever started it."""
        try:
            status = (self.folder / "postmaster.pid").read_text().split("\n")[7]
        except (OSError, IndexError):
            return False
        return status.startswith("ready") and _is_listening(sockets.folder_of(self.data) / sockets.SOCKET)

    def last_words(self) -> str:
        """Return what the server gave as the reason for not starting."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        fatal = [line.split("FATAL:", 1)[1].strip() for line in lines if "FATAL:" in line]
        return (fatal or lines or ["it gave no reason"])[-1]

    def _turn_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > _LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _run(self, program: Sequence[str], says: str = "") -> None:
        done = subprocess.run(
            [*_prefix(), *program], input=says, capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode != 0:
            reason = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
            raise PrivateDatabaseError(f"The private database can't be made in {self.data}: {reason}")


def stop(server: Server) -> None:
    """Close everybody's connection and stop. A server that can't is ended, and recovers at its next start."""
    for number, seconds in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, None)):
        server.send_signal(number)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def _prefix() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    try:
        subprocess.run([*_AS_NOT_ROOT, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise PrivateDatabaseError(
            "PostgreSQL does not run as root, and this machine does not let root step down for it (unshare): "
            "start Passaparola as a normal user, or set DATABASE_URL to a PostgreSQL server."
        ) from None
    return _AS_NOT_ROOT


def _is_listening(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(path))
        except OSError:
            return False
        return True
