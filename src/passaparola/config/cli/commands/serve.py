"""`passaparola serve`: the database if it is private, web and workers, as one tree of processes."""

import os
import socket
import subprocess
import sys
from argparse import Namespace

from passaparola.config import environment, last_port, processes
from passaparola.config.cli.command import Command, Failure, Needs
from passaparola.config.environment import Environment
from passaparola.config.processes import Program
from passaparola.kernel import tied


def run(options: Namespace) -> None:
    """Run everything until Ctrl-C; nothing is left behind."""
    del options
    env = environment.read(os.environ)
    refuse_taken_port(env)
    last_port.remember(env.data, env.port)
    prepare_tables()
    announced = _Announcement(env)
    with processes.stop_on_signals() as stopping:
        processes.run(
            programs(env), stopping, first_is_up=lambda: is_answering(env), meanwhile=announced.look
        )


def programs(env: Environment) -> list[Program]:
    """Name the processes of one installation."""
    workers = [Program(f"Worker {number}", processes.ours("worker")) for number in range(1, env.workers + 1)]
    return [Program("The web server", processes.ours("web")), *workers]


def refuse_taken_port(env: Environment) -> None:
    """Find out before anything is started; the web server itself would only try again and again."""
    family = socket.AF_INET6 if ":" in env.listen else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((env.listen, env.port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise Failure(f"Port {env.port} can't be used ({reason}): give another with --port.") from None


def prepare_tables() -> None:
    """Make the tables in a process of its own: this one stays small for as long as the server runs."""
    from passaparola.config import schema

    if schema.state(os.environ["DATABASE_URL"]) is schema.State.CURRENT:
        return
    done = subprocess.run(tied.command(processes.ours("migrate")), stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Failure("The tables could not be made, so nothing was started.")


class _Announcement:
    """Say once where everything is, as soon as somebody answers there."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._is_made = False

    def look(self) -> None:
        if not self._is_made and is_answering(self._env):
            self._is_made = True
            print(f"Passaparola answers at {self._env.url} (Ctrl-C stops it).", flush=True)
            sys.stdout.flush()


def is_answering(env: Environment) -> bool:
    """Tell whether the web server takes connections."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env.listen, env.listen)  # noqa: S104 - where to knock
    try:
        socket.create_connection((host, env.port), timeout=1).close()
    except OSError:
        return False
    return True


command = Command(
    "Run everything: database if private, web, workers.", run, needs=Needs.DATABASE, has_port=True
)
