"""`passaparola journeys export [KEY…]`: journeys as YAML, to live in git or move to another shop.

One that is named is printed alone, as its file `KEY.yaml` holds it. Several come one below the other, each with its
short name on top: `journeys import` reads them back from one file.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from passaparola.config.cli.command import Answer, Command, Failure


def arguments(parser: ArgumentParser) -> None:
    """Take which journeys, of which shop, and where to."""
    parser.add_argument("key", nargs="*", help="their short names (default: all)")
    parser.add_argument("--store", help="the shop's short name; not needed where there is only one")
    parser.add_argument("--to", metavar="FOLDER", help="write KEY.yaml files there (default: print them)")


def run(options: Namespace) -> Answer:
    """Write what is live."""
    from passaparola.config.cli.commands.journeys_import import store_of
    from passaparola.journeys import source
    from passaparola.journeys.models import Journey

    store = store_of(options.store)
    found = (
        Journey.objects.kept().filter(store=store, live__isnull=False).select_related("live").order_by("key")
    )
    if options.key:
        found = found.filter(key__in=options.key)
    files = {journey.key: source.write(journey.live.document) for journey in found if journey.live}
    missing = next((key for key in options.key if key not in files), None)
    if missing and Journey.objects.put_away().filter(store=store, key=missing).exists():
        raise Failure(f"“{missing}” was put away: take it out again in the office, under Journeys.")
    if missing:
        raise Failure(f"There is no journey “{missing}” in {store.slug}.")
    if not files:
        raise Failure(f"There is no journey in {store.slug} yet.")
    if options.to:
        folder = Path(options.to)
        folder.mkdir(parents=True, exist_ok=True)
        for key, text in files.items():
            (folder / f"{key}.yaml").write_text(text, "utf-8")
        return Answer({"written": sorted(files)}, f"{len(files)} journeys written to {folder}.")
    if len(files) == 1 and options.key:
        key, text = files.popitem()
        return Answer({"key": key, "source": text}, text.rstrip())
    together = source.together(files)
    return Answer({"keys": sorted(files), "source": together}, together.rstrip())


command = Command("Write journeys as YAML.", run, arguments)
