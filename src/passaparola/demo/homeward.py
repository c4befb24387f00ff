"""What customers of the demo send back travels home, and what they get instead to them, told by the same carriers.

On the same day between Faenza and the towns around it, else on the next working day.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from passaparola.demo.journey import Journey
from passaparola.demo.world.days import ROME, at_hour
from passaparola.demo.world.history import World
from passaparola.demo.world.order import Order, Parcel, Step
from passaparola.demo.world.places import Address, Town
from passaparola.demo.world.ways import BRT, CARRIERS, SAME_DAY
from passaparola.returns.models import BackParcel
from passaparola.stores.models import Store
from passaparola.tracking.carrier import ScanState as S
from passaparola.tracking.known_carriers import key_of_words
from passaparola.tracking.models import Scan

HERE = Address(
    name="Bottega Luna",
    line1="via Manfredi 4",
    line2="",
    town=Town(name="Faenza", postcode="48018", province="RA"),
    phone="+39 0546 555 010",
)


def journeys(store: Store, world: World, known: Collection[str], now: datetime) -> Iterator[Journey]:
    """Yield the journey of every parcel of a return that is not among the `known` ones (by name)."""
    sent = BackParcel.objects.filter(
        Q(filed__received_at=None) | Q(is_to_customer=True),
        filed__store=store, tracker__isnull=False, posted_at__isnull=False, arrived_at=None,
    )  # fmt: skip
    for parcel in sent.select_related("filed__order").order_by("pk"):
        if name_of(parcel) not in known:
            yield _journey(parcel, world, now)


def name_of(parcel: BackParcel) -> str:
    return f"{parcel.filed.number}/{parcel.pk}"


def _journey(parcel: BackParcel, world: World, now: datetime) -> Journey:
    told = Scan.objects.filter(tracker=parcel.tracker_id, at__gte=parcel.made_at).count()
    order = _as_order(parcel, world, now)
    names = [name for _at, name in order.plan() if name.startswith("step")]
    before = {name: at for name, at in order.times() if not name.startswith("step") or name in names[:told]}
    return Journey(order, before)


def _as_order(parcel: BackParcel, world: World, now: datetime) -> Order:
    """The parcel as the tracking services tell of one: it belongs to some order, and goes to an address."""
    at = (parcel.posted_at or now).astimezone(ROME).replace(microsecond=0)
    carrier = next((one for one in CARRIERS if one.key == key_of_words(parcel.carrier)), BRT)
    travels = Parcel(
        id=9_000_000_000 + parcel.pk,
        carrier=carrier,
        number=parcel.number,
        contents=(),
        packed_at=at,
        steps=_steps(parcel, world, at),
    )
    some = world.featured[0]
    to = replace(HERE, name=_customer(parcel), town=_town(parcel)) if parcel.is_to_customer else HERE
    return replace(
        some,
        number=name_of(parcel),
        to=to,
        items=(),
        placed_at=at,
        paid_at=at,
        parcels=(travels,),
        refunds=(),
    )


def _customer(parcel: BackParcel) -> str:
    return str(parcel.filed.order.shipping_address.get("name") or "Bottega Luna")


def _town(parcel: BackParcel) -> Town:
    address = parcel.filed.order.shipping_address
    return Town(
        name=str(address.get("city") or "Milano"), postcode="", country=str(address.get("country") or "IT")
    )


def _steps(parcel: BackParcel, world: World, at: datetime) -> tuple[Step, ...]:
    town = _town(parcel).name
    begin, end = ("Faenza", town) if parcel.is_to_customer else (town, "Faenza")
    day = at.date() if town in SAME_DAY else world.calendar.after(at.date(), 1)
    minute = timedelta(minutes=1)
    out_at = max(at + 3 * minute, at_hour(day, 8.2))
    plan = (
        (S.PICKED_UP, at + minute, begin, "Spedizione ritirata"),
        (S.IN_TRANSIT, at + 2 * minute, "Bologna", "Spedizione in transito"),
        (S.OUT_FOR_DELIVERY, out_at, end, "Spedizione in consegna"),
        (S.DELIVERED, out_at + minute, end, "Spedizione consegnata"),
    )
    return tuple(
        Step(state=state, at=when, words=words, place=place, country="IT", due=day)
        for state, when, place, words in plan
    )
