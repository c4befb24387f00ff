"""From rows to the values that the rules take."""

from datetime import date, datetime, time, timedelta, timezone, tzinfo

from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.countries import zone_of
from passaparola.tracking.models import Disruption, Scan, Tracker
from passaparola.tracking.rules.arrival import Destination, Estimate, Rhythm
from passaparola.tracking.rules.disruption import Disruption as DisruptionFacts
from passaparola.tracking.rules.eta.lane import Lane
from passaparola.tracking.rules.learned import lane_of_parcel


def scan_facts(scan: Scan) -> ScanFacts:
    return ScanFacts(
        state=ScanState(scan.state),
        at=scan.at.astimezone(timezone(timedelta(minutes=scan.utc_offset))),
        has_time=scan.has_time,
        place=scan.place,
        country=scan.country,
        words=scan.words,
        code=scan.code,
    )


def destination(order: Order) -> Destination:
    address = order.shipping_address
    return Destination(country=address.get("country", ""), postcode=address.get("postcode", ""))


def zone_there(order: Order, store: Store) -> tzinfo:
    """Return the time that clocks show where the order goes, or the shop's where that can't be told."""
    return zone_of(order.shipping_address.get("country", "")) or store.zone


def lane(order: Order, tracker: Tracker | None = None) -> Lane:
    """Return the way an order takes, as far as it is known while no carrier has it, or with its carrier."""
    return lane_of_parcel(
        destination(order),
        carrier=tracker.carrier if tracker else "",
        service=order.shipping_method or (tracker.service if tracker else ""),
    )


def rhythm(store: Store) -> Rhythm:
    return Rhythm(
        origin=store.country,
        zone=store.zone,
        cut_off=time(store.cut_off_hour),
        preparation_days=store.preparation_days,
    )


def disruption(row: Disruption) -> DisruptionFacts:
    return DisruptionFacts(
        first=row.first,
        last=row.last,
        carrier=row.carrier,
        country=row.country,
        postcodes=tuple(row.postcodes),
        words=(("en", row.words_en), ("it", row.words_it)),
    )


def estimate(*trackers: Tracker | None) -> Estimate:
    """Return the newest estimate that any of a parcel's trackers tells."""
    told = [t for t in trackers if t and (t.estimated_date or t.estimated_from or t.estimated_until)]
    if not told:
        return Estimate()
    newest = max(told, key=lambda t: (t.told_at is not None, t.told_at or 0, t.key))
    return Estimate(on=newest.estimated_date, since=newest.estimated_from, until=newest.estimated_until)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which the day is over there."""
    return datetime.combine(day + timedelta(days=1), time(), zone)
