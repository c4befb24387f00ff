"""`passaparola settings`: what may be set, from the one place where it is declared."""

from argparse import Namespace

from passaparola.config import environment
from passaparola.config.cli.command import Answer, Command, Needs
from passaparola.config.environment import Setting

_HEAD = """# Settings

Passaparola is set through the environment. Nothing has to be set to try it out. A value that can't be used
is refused at the start, with what is allowed. `passaparola settings` prints this page, which is written from
it.
"""


def run(options: Namespace) -> Answer:
    """List every setting with its default and what it may be."""
    del options
    listed = list(environment.documented())
    return Answer([_as_data(setting) for setting in listed], page(listed))


def page(listed: list[Setting]) -> str:
    """Return docs/settings.md."""
    return "\n".join([_HEAD, *map(_section, listed)]).strip()


def _section(setting: Setting) -> str:
    default = f"`{setting.default}`" if setting.default else "none"
    return f"## `{setting.name}`\n\n{setting.says}\n\nAllowed: {setting.allowed}. Default: {default}.\n"


def _as_data(setting: Setting) -> dict[str, str | None]:
    return {
        "name": setting.name,
        "says": setting.says,
        "allowed": setting.allowed,
        "default": setting.default or None,
    }


command = Command("List every setting of the environment.", run, needs=Needs.NOTHING)
