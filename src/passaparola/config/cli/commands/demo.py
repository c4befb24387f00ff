"""`passaparola demo`: Bottega Luna with a year behind it, and orders that move while one watches."""

import json
import os
import socket
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import BinaryIO

from passaparola.config import environment, last_port, processes
from passaparola.config.cli.command import Command, Failure, Needs
from passaparola.config.cli.commands import serve
from passaparola.config.environment import Environment
from passaparola.config.processes import Program
from passaparola.kernel import tied
from passaparola.kernel.database import locks

_MAILBOX_PORT, _SMTP_PORT = 8025, 1025
"""Where they are looked for first."""


def run(options: Namespace) -> None:
    """Run everything until Ctrl-C; nothing is left behind, and the next start goes on from here."""
    del options
    env = environment.read(os.environ)
    alone = _alone(env.data)
    serve.refuse_taken_port(env)
    last_port.remember(env.data, env.port)
    print("The database is made ready …", flush=True)
    serve.prepare_tables()
    prepared = _Preparation(env)
    mailbox = _free_port(_MAILBOX_PORT)
    smtp = _free_port(_SMTP_PORT)
    os.environ["MAIL_URL"] = f"smtp://127.0.0.1:{smtp}"  # no mail of the demo leaves this machine
    announced = _Announcement(env, prepared, f"http://127.0.0.1:{mailbox}/")
    tree = [*serve.programs(env), *_own_programs(env, mailbox, smtp)]
    with processes.stop_on_signals() as stopping:
        processes.run(tree, stopping, first_is_up=lambda: serve.is_answering(env), meanwhile=announced.look)
    alone.close()
    print("The demo has stopped.", flush=True)


def _alone(data: Path) -> BinaryIO:
    """Two simulators would tell one shop's story twice. Freed by the kernel, however this process ends."""
    data.mkdir(parents=True, exist_ok=True)
    lock = locks.try_to_take(data / "demo.lock", locks.ALONE)
    if lock is None:
        where = f"http://127.0.0.1:{last_port.of(data)}/office/"
        raise Failure(
            f"The demo runs already with this data folder ({where}): stop it, or give another with --data."
        )
    return lock


class _Preparation:
    """The shop is made ready in a process of its own: this one stays small for as long as the demo runs.

    The first time everything waits for it; later there is hardly anything to do, and all start together.
    """

    def __init__(self, env: Environment) -> None:
        self._ways_in: dict[str, str] = {}
        self._process = subprocess.Popen(tied.command(_module("prepare")), stdout=subprocess.PIPE)
        if not _has_run_before(env.data):
            self._process.wait()
            self.ways_in()  # raises where it failed, before anything is started

    def ways_in(self) -> dict[str, str] | None:
        """Return the addresses, None while they are being made."""
        if self._process.poll() is None:
            return None
        if self._process.returncode or self._process.stdout is None:
            raise Failure("The demo's shop could not be made, so nothing is run.")
        if not self._ways_in:
            self._ways_in.update(json.load(self._process.stdout))
        return self._ways_in


def _has_run_before(data: Path) -> bool:
    """Whether the simulator has run with this folder, and so the whole history was written."""
    try:
        return json.loads((data / "demo.json").read_text())["journeys"] is not None
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _own_programs(env: Environment, mailbox: int, smtp: int) -> list[Program]:
    here, folder = f"http://127.0.0.1:{env.port}", str(env.data / "mailbox")
    return [
        Program(
            "The mailbox", _module("mailbox", "--smtp", str(smtp), "--web", str(mailbox), "--folder", folder)
        ),
        Program("The simulator", _module("simulator", "--url", here, "--public-url", env.url)),
    ]


def _module(name: str, *words: str) -> list[str]:
    return [sys.executable, "-P", "-m", f"passaparola.demo.{name}", *words]


def _free_port(wanted: int) -> int:
    """Return this port of the machine, or another where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(attempt.getsockname()[1])
    raise Failure("There is no free port on 127.0.0.1.")


class _Announcement:
    """Say once where everything is, as soon as somebody answers there."""

    def __init__(self, env: Environment, prepared: _Preparation, mailbox: str) -> None:
        self._env, self._prepared, self._mailbox = env, prepared, mailbox
        self._is_made = False

    def look(self) -> None:
        if self._is_made:
            return
        ways_in = self._prepared.ways_in()
        if ways_in and serve.is_answering(self._env):
            self._is_made = True
            print("\n".join(self._lines(ways_in)), flush=True)

    def _lines(self, ways_in: dict[str, str]) -> list[str]:
        late_order = f"{ways_in['late_name']}'s order"
        return [
            "",
            "Bottega Luna is open.",
            "",
            f"  Office           {ways_in['office']}",
            "                   (signs Chiara in, the owner; once)",
            f"  Customer care    {ways_in['agent']}",
            "                   (the same office for Sara, in Italian; once, in another browser or a private window)",
            f"  Giulia's order   {ways_in['order']}",
            f"  Elena's order    {ways_in['split']}",
            "                   (in two parcels, one of them late; what came can go back)",
            f"  {late_order:<15}  {ways_in['late']}",
            f"                   ({ways_in['late_hint']})",
            f"  Demo mailbox     {self._mailbox}",
            "",
            "Orders move from here on; Ctrl-C stops everything.",
            "",
        ]


command = Command(
    "Run the demo: a shop with a year behind it, orders that move, a mailbox.",
    run,
    needs=Needs.DATABASE,
    has_port=True,
)
