"""Running one command with what it needs around it, and printing what it answers."""

import json
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from passaparola.config import environment, last_port
from passaparola.config.cli import parsing
from passaparola.config.cli.command import Answer, Failure, Misuse, Needs
from passaparola.config.environment import BadSettingError, Environment


def run(arguments: list[str]) -> int:
    """Run the command that was typed and return its exit code."""
    command, options = parsing.parse(arguments)
    env = _environment(options)
    # What is said along the way must not get between the brackets of the answer.
    with redirect_stdout(sys.stderr if options.json else sys.stdout), provided(command.needs, env):
        answer = command.run(options)
    if answer is not None:
        _print(answer, as_json=options.json)
    return 0 if answer is None or answer.is_good else 1


@contextmanager
def provided(needs: Needs, env: Environment) -> Iterator[None]:
    """Have there what is needed, for as long as the block lasts."""
    if needs is Needs.NOTHING:
        yield
        return
    with database(env):
        if needs is Needs.MODELS:
            set_up_models(is_private=env.database is None)
        yield


@contextmanager
def database(env: Environment) -> Iterator[str]:
    """Have DATABASE_URL lead to a server: the one that was named, or the private one."""
    if env.database is not None:
        yield os.environ["DATABASE_URL"]
        return
    from passaparola.kernel.database import private

    with private.running(env.data) as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            del os.environ["DATABASE_URL"]


def set_up_models(*, is_private: bool) -> None:
    """Set Django up, and make the tables where they are ours to make: private ones, and the first ones."""
    from passaparola.config import schema

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
    state = schema.state(os.environ["DATABASE_URL"])
    import django

    django.setup()
    if state is schema.State.CURRENT:
        return
    if state is schema.State.OTHER and not is_private:
        raise Failure("The database's tables are not those of this version: run “passaparola migrate”.")
    schema.migrate()


def _environment(options: Namespace) -> Environment:
    """Options are settings said on the command line: from here on both are the same, for our children too."""
    if options.data:
        os.environ["PASSAPAROLA_DATA"] = options.data
    if getattr(options, "port", None):
        os.environ["PASSAPAROLA_PORT"] = options.port
    _recall_port(options)
    try:
        env = environment.read(os.environ)
    except BadSettingError as error:
        raise Misuse(str(error)) from None
    os.environ["PASSAPAROLA_DATA"] = str(Path(env.data).resolve())
    logging.basicConfig(format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    logging.getLogger("passaparola").setLevel(env.log.upper())  # libraries stay at their warnings
    return env


def _recall_port(options: Namespace) -> None:
    """A command beside a running server speaks of its port; one that listens itself does not."""
    if not hasattr(options, "port") and not os.environ.get("PASSAPAROLA_PORT"):
        port = last_port.of(Path(os.environ.get("PASSAPAROLA_DATA") or "var"))
        os.environ.update({"PASSAPAROLA_PORT": port} if port else {})


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, default=str))
    elif answer.text:
        print(answer.text)
