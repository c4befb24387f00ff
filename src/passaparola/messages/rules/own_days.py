"""Days of a person's own, such as a birthday: what is said on them can't be said on any other day."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from passaparola.messages.kind import kind_of
from passaparola.messages.rules.policy import FREQUENCIES, Cap
from passaparola.messages.rules.question import Question
from passaparola.messages.rules.values import WANTED, Decision, OwnDay, defer

BY_THEN = time(12)
"""A card that comes after noon comes late: until then its place is kept."""
LAST_OF_FEBRUARY, LEAP_DAY = (2, 28), (2, 29)


def own_day_ahead(q: Question) -> Decision | None:
    """What belongs to a day of somebody's own goes before what can go any day.

    A newsletter is as good next week; a birthday card is not. So what would take the card's place under a cap waits
    until that day is over. The caps hold for the card as for everything, and where it has no place anyway nobody waits.
    """
    purpose = q.intent.kind.purpose
    if not q.situation.own_days or purpose not in WANTED or q.intent.kind.is_of_a_day:
        return None
    found = [day for day in q.situation.own_days if _would_lose_its_place(day, q)]
    return defer(_midnight(found[-1], q, 1), "own_day", date=found[-1].date.isoformat()) if found else None


def _would_lose_its_place(day: OwnDay, q: Question) -> bool:
    if q.now >= _midnight(day, q, 1) or not _is_welcome(day, q) or _is_said(day, q):
        return False
    own = FREQUENCIES.get(q.situation.frequency)
    at = max(datetime.combine(day.date, BY_THEN, q.situation.zone), q.now)
    caps = [cap for cap in (*q.policy.caps, *([own] if own else [])) if day.purpose in cap.purposes]
    left = [(cap, cap.most - _taken(cap, day, at, q)) for cap in caps if q.now > at - cap.window]
    has_a_place = all(places > 0 for _, places in left)
    return has_a_place and any(places == 1 and q.intent.kind.purpose in cap.purposes for cap, places in left)


def _taken(cap: Cap, day: OwnDay, at: datetime, q: Question) -> int:
    """Count what will lie in the cap's window when the card is due: said already, or to be said on an earlier day."""
    since = at - cap.window
    days = sum(
        one.purpose in cap.purposes and q.now < _midnight(one, q, 1) and _midnight(one, q, 1) > since
        for one in q.situation.own_days
        if one.date < day.date and not _is_said(one, q)
    )
    return days + sum(
        one.sent_at > since and one.purpose in cap.purposes and not one.is_merged for one in q.history
    )


def _is_welcome(day: OwnDay, q: Question) -> bool:
    is_agreed = not day.purpose.needs_consent or day.purpose in q.situation.consents
    return is_agreed and day.purpose not in q.situation.declined


def _is_said(day: OwnDay, q: Question) -> bool:
    since = _midnight(day, q, 0)
    return any(
        said.sent_at >= since
        and said.purpose is day.purpose
        and (kind := kind_of(said.kind))
        and kind.is_of_a_day
        for said in q.history
    )


def _midnight(day: OwnDay, q: Question, days: int) -> datetime:
    return datetime.combine(day.date + timedelta(days=days), time(), q.situation.zone)


def calendar(first: date, last: date) -> dict[tuple[int, int], date]:
    """Return the days from the first to the last, both included, by month and day: what comes round is looked up.

    What lies on 29 February is kept on the 28th where there is none.
    """
    found: dict[tuple[int, int], date] = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        found.setdefault((day.month, day.day), day)
        if (day.month, day.day) == LAST_OF_FEBRUARY and (day + timedelta(days=1)).month > day.month:
            found.setdefault(LEAP_DAY, day)
    return found


def in_order(days: Iterable[OwnDay]) -> tuple[OwnDay, ...]:
    return tuple(sorted(set(days)))
