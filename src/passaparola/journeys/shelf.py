"""The shelf of journeys that are ready to switch on."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from passaparola.journeys import source


@dataclass(frozen=True)
class Ready:
    """One journey of the playbook, in one language."""

    key: str
    name: str
    about: str
    document: dict[str, Any]


@cache
def shelf(language: str) -> tuple[Ready, ...]:
    """Return all of them, with the names and texts of that language."""
    folder = files("passaparola.journeys.playbook")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(
        _read(name.removesuffix(".yaml"), (folder / name).read_text("utf-8"), language) for name in names
    )


def of_key(key: str, language: str) -> Ready | None:
    return next((ready for ready in shelf(language) if ready.key == key), None)


def _read(key: str, text: str, language: str) -> Ready:
    document = source.load(text)
    for part in ("name", "about"):
        told = document[part]
        document[part] = " ".join(str(told.get(language) or told["en"]).split())
    return Ready(key, document["name"], document["about"], document)
