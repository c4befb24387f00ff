"""From the words on the command line to a command and its options."""

import pkgutil
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import passaparola
from passaparola.config.cli import commands
from passaparola.config.cli.command import Command, Misuse


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Refuse in one sentence instead of a page of usage."""
        raise Misuse(f"{self.prog}: {message}; “{self.prog} --help” tells more.")


def parse(arguments: list[str]) -> tuple[Command, Namespace]:
    """Return the command and its options, or print what was asked for and leave."""
    words, rest = _words(arguments)
    name = _name_of(words)
    if name is None:
        return _without_command(words, arguments)
    command = _load(name)
    parser = _Parser(f"passaparola {name}", description=command.says, allow_abbrev=False)
    _add_common(parser, command)
    command.arguments(parser)
    used = len(name.split())
    return command, parser.parse_args([*words[used:], *rest])


def names() -> list[str]:
    """Every command there is, as it is typed."""
    return sorted(module.name.replace("_", " ") for module in pkgutil.iter_modules(commands.__path__))


def _load(name: str) -> Command:
    command = import_module(f"{commands.__name__}.{name.replace(' ', '_')}").command
    if not isinstance(command, Command):
        raise TypeError(f"{name} is no command.")
    return command


def _words(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off the words of the command: those after --data and --json, before any other option."""
    before: list[str] = []
    rest = list(arguments)
    while rest and (rest[0] == "--json" or rest[0].split("=")[0] == "--data"):
        count = 2 if rest[0] == "--data" else 1
        before, rest = [*before, *rest[:count]], rest[count:]
    end = next((index for index, word in enumerate(rest) if word.startswith("-")), len(rest))
    return rest[:end], [*rest[end:], *before]


def _name_of(words: Sequence[str]) -> str | None:
    known = names()
    return next((name for name in (" ".join(words[:2]), " ".join(words[:1])) if name in known), None)


def _add_common(parser: ArgumentParser, command: Command) -> None:
    parser.add_argument("--data", metavar="FOLDER", help="the private database and pictures (default: var)")
    parser.add_argument("--json", action="store_true", help="print one JSON object or list and nothing else")
    if command.has_port:
        parser.add_argument("--port", help="the port to listen on (default: 8000)")


def _without_command(words: list[str], arguments: list[str]) -> NoReturn:
    if words and words != ["help"]:
        related = [name for name in names() if name.split()[0] == words[0]] or names()
        raise Misuse(f"There is no command “{' '.join(words[:2])}”; there is: {', '.join(related)}.")
    if "--version" in arguments:
        print(passaparola.__version__)
    else:
        print(_help())
    raise SystemExit(0 if words or {"--help", "-h", "--version"} & set(arguments) else 2)


def _help() -> str:
    listed = [f"  {name:<15} {_load(name).says}" for name in names()]
    return "\n".join(
        [
            "passaparola COMMAND [--data FOLDER] [--json] …",
            "",
            *listed,
            "",
            "“passaparola COMMAND --help” tells more about one.",
        ]
    )
