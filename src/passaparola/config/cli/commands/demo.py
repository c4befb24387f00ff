"""`passaparola demo`: Bottega Luna with a year behind it, and orders that move while one watches."""

import json
import os
import socket
import subprocess
import sys
from argparse import Namespace

from passaparola.config import environment, last_port, processes
from passaparola.config.cli.command import Command, Failure, Needs
from passaparola.config.cli.commands import serve
from passaparola.config.environment import Environment
from passaparola.config.processes import Program

_MAILBOX_PORT, _SMTP_PORT = 8025, 1025
"""Where they are looked for first."""


def run(options: Namespace) -> None:
    """Run everything until Ctrl-C; nothing is left behind, and the next start goes on from here."""
    del options
    env = environment.read(os.environ)
    serve.refuse_taken_port(env)
    last_port.remember(env.data, env.port)
    print("The database is made ready …", flush=True)
    serve.prepare_tables()
    ways_in = _prepare()
    mailbox = _free_port(_MAILBOX_PORT)
    smtp = _free_port(_SMTP_PORT)
    os.environ["MAIL_URL"] = f"smtp://127.0.0.1:{smtp}"  # no mail of the demo leaves this machine
    announced = _Announcement(env, ways_in, f"http://127.0.0.1:{mailbox}/")
    tree = [*serve.programs(env), *_own_programs(env, mailbox, smtp)]
    with processes.stop_on_signals() as stopping:
        processes.run(tree, stopping, first_is_up=lambda: serve.is_answering(env), meanwhile=announced.look)
    print("The demo has stopped.", flush=True)


def _prepare() -> dict[str, str]:
    """Seed in a process of its own: this one stays small for as long as the demo runs."""
    done = subprocess.run(_module("prepare"), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise Failure("The demo's shop could not be made, so nothing was started.")
    ways_in: dict[str, str] = json.loads(done.stdout)
    return ways_in


def _own_programs(env: Environment, mailbox: int, smtp: int) -> list[Program]:
    here = f"http://127.0.0.1:{env.port}"
    return [
        Program("The mailbox", _module("mailbox", "--smtp", str(smtp), "--web", str(mailbox))),
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

    def __init__(self, env: Environment, ways_in: dict[str, str], mailbox: str) -> None:
        self._env = env
        self._lines = [
            "",
            "Bottega Luna is open.",
            "",
            f"  Office           {ways_in['office']}",
            "                   (signs Chiara in, once)",
            f"  Giulia's order   {ways_in['order']}",
            f"  Demo mailbox     {mailbox}",
            "",
            "Orders move from here on; Ctrl-C stops everything.",
            "",
        ]
        self._is_made = False

    def look(self) -> None:
        if not self._is_made and serve.is_answering(self._env):
            self._is_made = True
            print("\n".join(self._lines), flush=True)


command = Command(
    "Run the demo: a shop with a year behind it, orders that move, a mailbox.",
    run,
    needs=Needs.DATABASE,
    has_port=True,
)
