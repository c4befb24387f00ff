"""`passaparola connect STORE KIND`: an address that a system posts to, or leave to ask a carrier."""

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from passaparola.config.cli.command import Answer, Command, Failure, Misuse

if TYPE_CHECKING:
    from passaparola.inbound.models import Connection
    from passaparola.inbound.source import Source
    from passaparola.stores.models import Store


def arguments(parser: ArgumentParser) -> None:
    """Take the store, the kind, a secret where the other side makes it, and what a carrier is asked with."""
    parser.add_argument("store", help="the store, as “stores add” named it")
    parser.add_argument("kind", help="shopify, woocommerce, custom, a carrier …")
    parser.add_argument(
        "--secret", default="", help="the secret, where the other side makes it (Shopify does)"
    )
    parser.add_argument("--role", default="", help="connector or carrier, where both have such a kind")
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what a carrier is asked with, such as --setting depot=RA --setting contract=123",
    )


def run(options: Namespace) -> Answer:
    """Open the address, or begin to ask; the secret is shown now and never again."""
    from passaparola.inbound import actions
    from passaparola.inbound.given import GivenError, checked
    from passaparola.inbound.handlers import ROLES

    store = _store(options.store)
    role = _role(options.kind, options.role)
    kind = ROLES[role].kinds[options.kind]
    posts = bool(getattr(kind, "posts_webhooks", True))  # shops always do
    if not posts and not getattr(kind, "answers_polls", False):
        raise Failure(f"“{kind.name}” needs no connection: the team types the steps in.")
    try:
        given = checked(kind, _given(options.setting), is_needed=not posts)
    except GivenError as error:
        raise Failure(str(error)) from None
    made = actions.connect(
        store,
        role=role,
        kind=options.kind,
        secret=options.secret,
        settings=json.dumps(given) if given else "",
    )
    return _posting(made) if posts else _asked(kind)


def _posting(made: "Connection") -> Answer:
    from django.conf import settings

    address = f"{settings.PUBLIC_URL}/hooks/{made.role}/{made.kind}/{made.token}/"
    return Answer(
        {"address": address, "secret": made.secret},
        f"Address: {address}\nSecret:  {made.secret or 'none'}\nThe secret is not shown again.",
    )


def _asked(kind: "Source") -> Answer:
    """Say that there is nothing to enter anywhere: it never posts to us."""
    return Answer({"address": None, "secret": None}, f"{kind.name} is asked about parcels from now on.")


def _store(slug: str) -> "Store":
    from passaparola.stores.models import Store

    store = Store.objects.filter(slug=slug).first()
    if store is None:
        known = ", ".join(Store.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Failure(f"There is no store “{slug}”; there is: {known or 'none yet'}.")
    return store


def _given(written: list[str]) -> dict[str, str]:
    wrong = next((one for one in written if "=" not in one), None)
    if wrong is not None:
        raise Misuse(f"“--setting {wrong}” can't be used: give NAME=VALUE.")
    return {name: value for name, _, value in (one.partition("=") for one in written)}


def _role(kind: str, wanted: str) -> str:
    from passaparola.inbound.handlers import ROLES

    fitting = [role for role, entry in ROLES.items() if kind in entry.kinds and wanted in {"", role}]
    if not fitting:
        known = {name for role, entry in ROLES.items() if wanted in {"", role} for name in entry.kinds}
        raise Failure(f"There is no kind “{kind}”; there is: {', '.join(sorted(known))}.")
    return fitting[0]


command = Command("Open an address that a system posts to, or have a carrier asked.", run, arguments)
