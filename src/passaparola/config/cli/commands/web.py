"""`passaparola web`: the web server alone."""

import os
import signal
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from passaparola.config import environment
from passaparola.config.cli.command import Command, Needs
from passaparola.kernel import tied


def run(options: Namespace) -> None:
    """Serve pages and take webhooks until told to stop, then answer the requests in hand."""
    del options
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    env = environment.read(os.environ)
    _application("")  # loaded once before the processes part: they start faster and share its memory
    server = Server(
        "passaparola.config.wsgi:application",
        address=env.listen,
        port=env.port,
        interface=Interfaces.WSGI,
        workers=env.web_processes,
        blocking_threads=env.web_threads,
        blocking_threads_idle_timeout=600,  # a thread that ends takes its database connection with it
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.debug if env.log == "debug" else LogLevels.warning,
    )
    server.serve(target_loader=_tied_application)


def _tied_application(target: str) -> Callable[..., Any]:
    """Load the application in a process that answers; it must not outlive the one that started it."""
    tied.die_with_parent(signal.SIGKILL)
    return _application(target)


def _application(target: str) -> Callable[..., Any]:
    del target
    from django.db import connections

    from passaparola.config.wsgi import application

    connections.close_all()  # loading may have asked the database something; no two processes share a line
    return application


command = Command("Run the web server alone.", run, needs=Needs.DATABASE, has_port=True)
