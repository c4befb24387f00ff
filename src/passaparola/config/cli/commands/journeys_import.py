"""`passaparola journeys import FILE…`: journeys from YAML, each as a new version; new ones are off."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from passaparola.config.cli.command import Answer, Command, Failure

if TYPE_CHECKING:
    from passaparola.stores.models import Store


def arguments(parser: ArgumentParser) -> None:
    """Take the files, and what becomes of those who are under way."""
    parser.add_argument(
        "file", nargs="+", type=Path, help="each named like the journey's short name: KEY.yaml"
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

    store, now, kept = store_of(options.store), datetime.now(UTC), []
    with transaction.atomic():
        for path in options.file:
            if not path.stem.replace("_", "").replace("-", "").isalnum() or len(path.stem) > 60:  # noqa: PLR2004 - the column
                raise Failure(f"{path.name}: a journey's short name has letters, digits and underscores.")
            try:
                with path.open(encoding="utf-8") as file:
                    text = file.read(source.LONGEST + 1)  # no more of a file that is none of ours
                document = source.read(text)
                version = actions.save(
                    store, key=path.stem, document=document, by=None, now=now, moves_people=options.move
                )
            except OSError as error:
                raise Failure(f"{path}: {error.strerror}.") from None
            except UnicodeDecodeError:
                raise Failure(f"{path.name} is no text in UTF-8.") from None
            except DocumentError as error:
                line = f", line {source.line_of(text, error.where)}" if _is_yaml(text) else ""
                raise Failure(f"{path.name}{line}: {error}") from None
            kept.append({"key": path.stem, "version": version.number})
    lines = [f"{one['key']}: version {one['version']}" for one in kept]
    return Answer(kept, "\n".join(lines))


def _is_yaml(text: str) -> bool:
    from passaparola.journeys import source
    from passaparola.journeys.rules.settings import DocumentError

    try:
        source.read(text)
    except DocumentError:
        return False
    return True


command = Command("Read journeys from YAML.", run, arguments)
