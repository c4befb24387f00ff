"""The contract of a command: one file in `commands`, named like its words (`stores_add` is `stores add`)."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


class Failure(Exception):  # noqa: N818 - it is raised as a sentence, and read as one
    """The command can't do what it was asked to. The sentence is all that people see; the exit code is 1."""


class Misuse(Failure):
    """The command was called wrongly: the same, with exit code 2."""


class Needs(Enum):
    """What has to be there before a command runs; the less, the faster it starts."""

    NOTHING = auto()
    DATABASE = auto()
    """DATABASE_URL leads to a running server; without one of their own, people get the private one."""
    MODELS = auto()
    """Django is set up and the tables are those of this version."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found out: `data` is printed with --json, `text` without."""

    data: object
    text: str
    is_good: bool = True
    """Not good is exit code 1, with the same output."""


def _none(parser: ArgumentParser) -> None:
    """Take no arguments but --data and --json, which every command takes."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Modules of commands import at their top only what is light."""

    says: str
    """For the list of commands: one line."""
    run: Callable[[Namespace], Answer | None]
    arguments: Callable[[ArgumentParser], None] = _none
    needs: Needs = Needs.MODELS
    has_port: bool = False
    """Whether it takes --port."""
