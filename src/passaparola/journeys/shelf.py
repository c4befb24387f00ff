"""The shelf of journeys that are ready to switch on."""

from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

from passaparola.journeys import source
from passaparola.messages.rules.language import SPOKEN


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


def in_words(key: str, words: str, language: str) -> str:
    """Return the name or the description of a journey in the reader's language.

    A playbook's own stays theirs in every language, as long as nobody wrote another.
    """
    for told in map(partial(of_key, key), SPOKEN):
        for part in ("name", "about"):
            theirs = of_key(key, language)
            if told and theirs and words == told.document[part]:
                return str(theirs.document[part])
    return words


def _read(key: str, text: str, language: str) -> Ready:
    document = source.load(text)
    for part in ("name", "about"):
        told = document[part]
        document[part] = " ".join(str(told.get(language) or told["en"]).split())
    return Ready(key, document["name"], document["about"], document)
