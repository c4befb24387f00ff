"""`passaparola journeys list`: every journey with the short name that files and commands know it by."""

from argparse import ArgumentParser, Namespace

from passaparola.config.cli.command import Answer, Command


def arguments(parser: ArgumentParser) -> None:
    """Take which shop."""
    parser.add_argument("--store", help="the shop's short name; not needed where there is only one")


def run(options: Namespace) -> Answer:
    """List them, those that were put away last."""
    from passaparola.config.cli.commands.journeys_import import store_of
    from passaparola.journeys import queries
    from passaparola.journeys.models import Journey

    store = store_of(options.store)
    rows = [
        {
            "key": one.journey.key,
            "name": one.journey.name,
            "state": "on" if one.journey.switched_on_at else "off",
            "under_way": one.under_way,
        }
        for one in queries.listed(store)
    ]
    rows += [
        {"key": one.key, "name": one.name, "state": "put away", "under_way": 0}
        for one in Journey.objects.put_away().filter(store=store)
    ]
    width = max((len(str(row["key"])) for row in rows), default=0)
    lines = [
        f"{row['key']:<{width}}  {row['state']:<8}  {row['under_way']:>6} under way  {row['name']}"
        for row in rows
    ]
    return Answer(rows, "\n".join(lines) or f"There is no journey in {store.slug} yet.")


command = Command("Tell the journeys there are, by their short names.", run, arguments)
