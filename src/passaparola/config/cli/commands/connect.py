"""`passaparola connect STORE KIND`: an address for a shop system or a carrier to post to."""

from argparse import ArgumentParser, Namespace

from passaparola.config.cli.command import Answer, Command, Failure


def arguments(parser: ArgumentParser) -> None:
    """Take the store, the kind, and a secret where the other side makes it."""
    parser.add_argument("store", help="the store, as “stores add” named it")
    parser.add_argument("kind", help="shopify, woocommerce, custom, a carrier …")
    parser.add_argument(
        "--secret", default="", help="the secret, where the other side makes it (Shopify does)"
    )
    parser.add_argument("--role", default="", help="connector or carrier, where both have such a kind")


def run(options: Namespace) -> Answer:
    """Open the address; the secret is shown now and never again."""
    from django.conf import settings

    from passaparola.inbound import actions
    from passaparola.stores.models import Store

    store = Store.objects.filter(slug=options.store).first()
    if store is None:
        known = ", ".join(Store.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Failure(f"There is no store “{options.store}”; there is: {known or 'none yet'}.")
    role = _role(options.kind, options.role)
    made = actions.connect(store, role=role, kind=options.kind, secret=options.secret)
    address = f"{settings.PUBLIC_URL}/hooks/{made.role}/{made.kind}/{made.token}/"
    return Answer(
        {"address": address, "secret": made.secret},
        f"Address: {address}\nSecret:  {made.secret or 'none'}\nThe secret is not shown again.",
    )


def _role(kind: str, wanted: str) -> str:
    from passaparola.inbound.handlers import ROLES

    fitting = [role for role, entry in ROLES.items() if kind in entry.kinds and wanted in {"", role}]
    if not fitting:
        known = {name for role, entry in ROLES.items() if wanted in {"", role} for name in entry.kinds}
        raise Failure(f"There is no kind “{kind}”; there is: {', '.join(sorted(known))}.")
    return fitting[0]


command = Command("Open an address that a shop system or a carrier posts to.", run, arguments)
