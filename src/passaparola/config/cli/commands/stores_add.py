"""`passaparola stores add NAME`: a shop, and on wish its first owner."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from passaparola.config.cli.command import Answer, Command, Failure

_LINK_HOURS = 24.0


def arguments(parser: ArgumentParser) -> None:
    """Take the shop's name and address, and who owns it."""
    parser.add_argument("name", help="as customers know it")
    parser.add_argument("--url", required=True, help="the address of the shop: https://…")
    parser.add_argument("--language", choices=["en", "it"], help="default: PASSAPAROLA_LANGUAGE")
    parser.add_argument("--email", default="", help="where customers' answers go")
    parser.add_argument("--owner", default="", metavar="EMAIL", help="the first person who may sign in")
    parser.add_argument("--owner-name", default="", metavar="NAME", help="what to call them")


def run(options: Namespace) -> Answer:
    """Open the shop; its short name is what other commands call it by."""
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from passaparola.config import parsers
    from passaparola.stores import actions

    now = datetime.now(UTC)
    try:
        store = actions.open_store(
            options.name,
            url=parsers.web_address(options.url),
            language=options.language or settings.LANGUAGE_CODE,
            time_zone=settings.TIME_ZONE,
            email=options.email,
            owner_email=options.owner,
            owner_name=options.owner_name,
            now=now,
        )
    except ValidationError as error:
        raise Failure(f"--owner: {' '.join(error.messages)}") from None
    except ValueError as error:
        raise Failure(f"--url: {error}") from None
    if not options.owner:
        return Answer({"store": store.slug}, f"Store: {store.slug}")
    link = actions.make_sign_in_link(store.members.get(), now=now, hours=_LINK_HOURS)
    return Answer(
        {"store": store.slug, "sign_in": link},
        f"Store: {store.slug}\nSign in within a day, once: {link}",
    )


command = Command("Open a shop.", run, arguments)
