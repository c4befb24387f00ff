"""`passaparola replay`: deliveries that could not be read are read again, say after an update."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from passaparola.config.cli.command import Answer, Command


def arguments(parser: ArgumentParser) -> None:
    """Take what to read again; without anything, all that failed."""
    parser.add_argument("delivery", nargs="*", type=int, help="their numbers (default: all that failed)")
    parser.add_argument("--store", help="only this store's")


def run(options: Namespace) -> Answer:
    """Put them back in the queue; a worker takes them. Facts are facts: nothing happens twice."""
    from passaparola.inbound import actions
    from passaparola.inbound.models import Delivery, Outcome

    which = {"pk__in": options.delivery} if options.delivery else {"outcome": Outcome.FAILED}
    chosen = Delivery.objects.exclude(read_at=None).filter(**which)
    if options.store:
        chosen = chosen.filter(connection__store__slug=options.store)
    count = actions.read_again(list(chosen.values_list("pk", flat=True)), now=datetime.now(UTC))
    return Answer({"queued": count}, f"{count} deliveries are read again by the next free worker.")


command = Command("Read again what could not be read.", run, arguments)
