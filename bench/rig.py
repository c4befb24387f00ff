"""A shop of its own for one bench: a durable private PostgreSQL, the real commands, nothing shared."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from passaparola.kernel.database import private

TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Rig:
    """One installation under measurement."""

    data: Path
    env: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "passaparola.config.cli", *words, "--data", str(self.data)]

    def ask(self, *words: str) -> dict[str, str]:
        """Run a command that answers in JSON."""
        command = [*self.command(*words), "--json"]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"passaparola {' '.join(words)}: {done.stderr}")
        answer: dict[str, str] = json.loads(done.stdout)
        return answer

    def start(self, *words: str, **env: str) -> subprocess.Popen[bytes]:
        """Start a long-running command; `close` ends it."""
        return self.start_program(self.command(*words), **env)

    def start_program(self, command: Sequence[str], **env: str) -> subprocess.Popen[bytes]:
        with (self.data / "bench.log").open("ab") as log:
            process = subprocess.Popen(command, env=self.env | env, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.running.remove(process)

    def log(self) -> str:
        return (self.data / "bench.log").read_text(errors="replace")


@contextmanager
def rig(*, durable: bool = True, made: Path | None = None, **env: str) -> Iterator[Rig]:
    """Set up an installation for as long as the block lasts; nothing of it is left behind.

    `made` is a data folder with all tables to copy, for whoever has one: making them takes ten seconds.
    """
    with tempfile.TemporaryDirectory(prefix="pp-bench-") as folder:
        data = Path(folder)
        if made:
            shutil.copytree(made / "postgres", data / "postgres")
        with private.running(data, durable=durable) as url:
            environ = os.environ | {
                "DATABASE_URL": url,
                "PASSAPAROLA_DATA": folder,
                "PASSAPAROLA_LOG": "warning",
                "DJANGO_SETTINGS_MODULE": "passaparola.config.settings",
                "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
            }
            environ.pop("MAIL_URL", None)
            shop = Rig(data, environ | env)
            if not made:
                shop.ask("migrate")
            try:
                yield shop
            finally:
                for process in list(shop.running):
                    shop.end(process)


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its living descendants."""
    total = 0
    for one in tree(pid):
        try:
            stat = Path(f"/proc/{one}/stat").read_text()
        except OSError:
            continue
        fields = stat.rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def await_port(port: int, seconds: float = 30) -> None:
    """Return when something answers there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"Nothing answers on port {port}.")
