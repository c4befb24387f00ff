"""The evidence for a carrier as one PDF: what was sent, promised, scanned, what it is worth, and until when to ask.

And the photos that the customer sent with a return, where there are any.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import timezone as fixed
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passaparola.cases.models import Case
from passaparola.cases.sentences import trouble
from passaparola.cases.story import last_day
from passaparola.kernel.ui import formats
from passaparola.orders.models import Order
from passaparola.tracking import known_carriers
from passaparola.tracking.models import Parcel, Scan
from passaparola.tracking.values import zone_there

if TYPE_CHECKING:
    from passaparola.kernel.pdf import Paper


def pack(case: Case, parcel: Parcel, *, now: datetime) -> bytes:
    """Return the document in the active language. The same rows make the same words."""
    from passaparola.kernel.pdf import Paper  # half a second, which no process that starts has to wait for

    language = get_language() or "en"
    title = _("Claim for parcel %(number)s") % {"number": parcel.name or f"#{parcel.pk}"}
    paper = Paper(case.store.name, language=language, title=f"{case.store} · {case.order}")
    paper.set_creation_date(now)
    paper.words(title, size=16, bold=True)
    _section(paper, "", (f"{name}: {value}" for name, value in _shop_and_parcel(case, parcel, now) if value))
    _section(paper, _("What went wrong"), _troubles(case, language, now))
    _section(
        paper,
        _("What the carrier told"),
        _scans(parcel, language, now) or [_("Not a single scan reached us.")],
    )
    _section(paper, _("What was inside"), _inside(parcel.order, language))
    _section(paper, _("What we ask for"), _asked(case, parcel, language))
    _photos(paper, case)
    return paper.content()


def _section(paper: "Paper", title: str, lines: Iterable[str]) -> None:
    paper.gap()
    if title:
        paper.words(title, size=12, bold=True)
    for line in lines:
        paper.words(line)


def _troubles(case: Case, language: str, now: datetime) -> list[str]:
    return [
        f"{formats.moment(one.opened_at, language, case.store.zone, now)} · {trouble(one.kind)}"
        for one in case.troubles.order_by("opened_at")
    ]


def _inside(order: Order, language: str) -> list[str]:
    return [
        f"{line.quantity} × {' '.join(filter(None, (line.title, line.variant)))} · "
        f"{formats.money(line.total, order.currency, language)}"
        for line in order.lines.order_by("position", "pk")
    ]


def _photos(paper: "Paper", case: Case) -> None:
    """What others keep of pictures of this order, two on a page."""
    found = [photo for look in PHOTOS for photo in look(case)][:MOST_PHOTOS]
    if found:
        paper.add_page()
        paper.words(_("Photos"), size=12, bold=True)
    for photo in found:
        paper.gap()
        paper.words(photo.words)
        paper.image(BytesIO(photo.content), w=paper.epw, h=PHOTO_HEIGHT, keep_aspect_ratio=True)


@dataclass(frozen=True, slots=True)
class Photo:
    content: bytes
    """JPEG or PNG."""
    words: str
    """What it shows, and when it was taken."""


PHOTOS: list[Callable[[Case], Iterable[Photo]]] = []
"""Who keeps pictures of what went wrong; asked for every pack."""
MOST_PHOTOS, PHOTO_HEIGHT = 6, 100


def _shop_and_parcel(case: Case, parcel: Parcel, now: datetime) -> list[tuple[str, str]]:
    order, store, language = parcel.order, case.store, get_language() or "en"
    address = order.shipping_address

    def day(at: datetime | None) -> str:
        return formats.day(at, language, zone_there(order, store), now) if at else ""

    damaged = case.troubles.filter(kind="damaged").exists()
    until = last_day(parcel, is_damage=damaged)
    promised = parcel.promised_last or parcel.arrival_last
    return [
        (_("Sender"), ", ".join(filter(None, (store.name, store.postal_address, store.email, store.phone)))),
        (_("Carrier"), known_carriers.name_of(parcel.tracker.carrier) if parcel.tracker else ""),
        (_("Tracking number"), parcel.name),
        (_("Order"), f"{order} · {day(order.placed_at)}"),
        (
            _("Goes to"),
            ", ".join(
                filter(
                    None, (address.get("postcode", ""), address.get("city", ""), address.get("country", ""))
                )
            ),
        ),
        (_("Handed over"), day(parcel.picked_up_at)),
        (_("Promised by"), formats.day(promised, language, store.zone, now) if promised else ""),
        (_("Arrived"), day(parcel.delivered_at) or _("not until today")),
        (_("Worth"), formats.money(order.total, order.currency or store.currency, language)),
        (_("To be claimed by"), formats.day(until, language, store.zone, now) if until else ""),
    ]


def _scans(parcel: Parcel, language: str, now: datetime) -> list[str]:
    trackers = [pk for pk in (parcel.tracker_id, parcel.news_id) if pk]
    return [
        " · ".join(
            filter(
                None,
                (
                    formats.moment(scan.at, language, fixed(timedelta(minutes=scan.utc_offset)), now),
                    scan.place,
                    scan.words or scan.state.replace("_", " "),
                ),
            )
        )
        for scan in Scan.objects.filter(tracker__in=trackers).order_by("at", "pk")
    ]


def _asked(case: Case, parcel: Parcel, language: str) -> list[str]:
    claim = case.claims.filter(parcel_id=parcel.pk).first()
    amount = claim.asked if claim else parcel.order.total
    return [
        formats.money(amount, parcel.order.currency or case.store.currency, language),
        _("Please answer to %(address)s.") % {"address": case.store.email or case.store.name},
    ]
