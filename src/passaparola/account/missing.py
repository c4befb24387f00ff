"""What is known of a delivery that nobody has seen: the proof the carrier gives."""

from dataclasses import dataclass
from datetime import datetime

from passaparola.account.rules.page import web_only
from passaparola.tracking.known_carriers import link, name_of
from passaparola.tracking.models import Parcel, Scan


@dataclass(frozen=True, slots=True)
class Proof:
    pk: int
    number: str
    carrier: str
    link: str
    delivered_at: datetime | None
    place: str
    words: str
    signed_by: str


def proof_of(parcel: Parcel) -> Proof:
    tracker = parcel.tracker
    carrier = tracker.carrier if tracker else ""
    trackers = [pk for pk in (parcel.tracker_id, parcel.news_id) if pk]
    scan = Scan.objects.filter(tracker__in=trackers, state="delivered").order_by("-at").first()
    return Proof(
        pk=parcel.pk,
        number=parcel.name,
        carrier=name_of(carrier) if carrier else "",
        link=web_only(parcel.link) or (link(carrier, parcel.name, "it") if carrier else ""),
        delivered_at=parcel.delivered_at,
        place=scan.place if scan else parcel.place,
        words=scan.words if scan else "",
        signed_by=tracker.signed_by if tracker else "",
    )
