"""`passaparola journeys import FILE…`: journeys from YAML, each as a new version; new ones are off.

A file holds one journey and is named like it, or several with their short names: what `journeys export` writes.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from passaparola.config.cli.command import Answer, Command, Failure

if TYPE_CHECKING:
    from passaparola.stores.models import Store


def arguments(parser: ArgumentParser) -> None:
    """Take the files, and what becomes of those who are under way."""
    parser.add_argument(
        "file", nargs="+", type=Path, help="each named like the journey's short name, KEY.yaml, or of several"
    )
    parser.add_argument("--store", help="the shop's short name; not needed where there is only one")
    parser.add_argument("--move", action="store_true", help="who is under way goes over to the new version")


def store_of(slug: str | None) -> "Store":
    """Return the shop meant; raises Failure where that is not clear."""
    from passaparola.stores.models import Store

    found = list(Store.objects.filter(slug=slug) if slug else Store.objects.all()[:2])
    if len(found) != 1:
        raise Failure(
            f"There is no shop “{slug}”." if slug else "There are several shops: name one with --store."
        )
    return found[0]


def run(options: Namespace) -> Answer:
    """Read all files before anything is kept: either every one of them is good, or nothing changes."""
    from django.db import transaction

    from passaparola.journeys import actions, source
    from passaparola.journeys.rules.settings import DocumentError

    store, now = store_of(options.store), datetime.now(UTC)
    kept: list[dict[str, object]] = []
    lines: list[str] = []
    with transaction.atomic():
        for path in options.file:
            for key, text in _journeys_in(path):
                try:
                    document = source.without_key(source.read(text))
                    version = actions.save(
                        store, key=key, document=document, by=None, now=now, moves_people=options.move
                    )
                except DocumentError as error:
                    line = f", line {source.line_of(text, error.where)}" if _is_yaml(text) else ""
                    raise Failure(f"{path.name}{line}: {error}") from None
                is_on = version.journey.switched_on_at is not None
                kept.append({"key": key, "version": version.number, "is_on": is_on})
                lines.append(f"{key}: version {version.number}, {_LIVE if is_on else 'off'}")
    return Answer(kept, "\n".join(lines))


_LIVE = "live now: whoever enters from here on goes through it"


def _journeys_in(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the short name and the text of each journey of a file; where there is one, it is named like the file."""
    from passaparola.journeys import source

    try:
        with path.open(encoding="utf-8") as file:
            whole = file.read(source.LONGEST_FILE + 1)  # no more of a file that is none of ours
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Failure(f"{path.name} is no text in UTF-8.") from None
    if len(whole) > source.LONGEST_FILE:
        raise Failure(f"{path.name} is longer than two million characters: no file of journeys.")
    texts = source.apart(whole)
    for text in texts:
        key = source.key_of(text) or (path.stem if len(texts) == 1 else "")
        if not key:
            raise Failure(f"{path.name} holds several journeys: each begins with its short name, “key: …”.")
        if not key.replace("_", "").replace("-", "").isalnum() or len(key) > 60:  # noqa: PLR2004 - the column
            raise Failure(f"{path.name}: a journey's short name has letters, digits and underscores.")
        yield key, text


def _is_yaml(text: str) -> bool:
    from passaparola.journeys import source
    from passaparola.journeys.rules.settings import DocumentError

    try:
        source.read(text)
    except DocumentError:
        return False
    return True


command = Command("Read journeys from YAML.", run, arguments)
