"""`python -m passaparola.demo.prepare`: the shop, its history and its pictures, where they are not there yet.

Progress goes to standard error; standard output gets one JSON object with the ways in.
"""

# ruff: noqa: T201 - a program that speaks to whoever started it

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

SIGN_IN_HOURS = 12.0
_HINTS = (
    "goes late while you watch: docs/howto/watch-a-parcel-go-late.md",
    "in danger, and late when its day is over: docs/howto/watch-a-parcel-go-late.md",
)
"""Marta's parcel, and Luca's that follows her when hers has come."""


class AnotherShopError(RuntimeError):
    """The database belongs to somebody; the demo keeps its hands off."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
    import django

    django.setup()
    try:
        print(json.dumps(prepare(datetime.now(UTC))))
    except AnotherShopError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare(now: datetime) -> dict[str, str]:
    """Make the demo ready and return its ways in: for the team, and to customers' pages."""
    from django.conf import settings

    from passaparola.demo import playbook, shop
    from passaparola.demo.guides import write_guides
    from passaparola.demo.letters import write_letters
    from passaparola.demo.notebook import Notebook
    from passaparola.demo.seed import is_seeded, seed
    from passaparola.demo.world.history import build
    from passaparola.demo.world.special import ELENA, GIULIA, LUCA, MARTA
    from passaparola.orders.links import order_link
    from passaparola.stores import actions as stores
    from passaparola.stores.models import Member, Store
    from passaparola.tracking.models import Parcel

    if Store.objects.exclude(slug=shop.SLUG).exists():
        raise AnotherShopError(
            "This database holds another shop already; give the demo one of its own with --data or DATABASE_URL."
        )
    notebook = Notebook.open(Path(settings.DATA), now=now)
    store = shop.open_shop(now=now)
    shop.draw_pictures(Path(settings.STATIC_ROOT))
    base = shop.pictures_at(settings.PUBLIC_URL)
    if not is_seeded(store):
        notebook.save()  # before the first order: a stop half-way goes on with the same world
        _say("Bottega Luna opens: twelve months of orders are written …")
        seed(store, build(notebook.anchor), base=base, now=now, say=_say)
    shop.move_pictures(store, base)
    chiara = Member.objects.get(email=shop.OWNER)
    write_letters(store, by=chiara, now=now)
    write_guides(store, now=now)
    playbook.take(store, by=chiara, now=now)
    sara = Member.objects.get(email=shop.AGENT)

    def page_of(email: str) -> str:
        order = store.orders.filter(email=email).order_by("-placed_at").first()
        return order_link(order.pk, now=now) if order else ""

    waiting = set(
        Parcel.objects.filter(store=store, delivered_at=None).values_list("order__email", flat=True)
    )
    late = next((one for one in (MARTA, LUCA) if one.email in waiting), MARTA)

    return {
        "office": stores.make_sign_in_link(chiara, now=now, hours=SIGN_IN_HOURS),
        "agent": stores.make_sign_in_link(sara, now=now, hours=SIGN_IN_HOURS),
        "order": page_of(GIULIA.email),
        "split": page_of(ELENA.email),
        "late": page_of(late.email),
        "late_name": late.first_name,
        "late_hint": _HINTS[late is LUCA] if late.email in waiting else "came late; it is there now",
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
