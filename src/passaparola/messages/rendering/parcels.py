"""What a mail says of parcels: what is inside, what travels apart, and when it comes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from passaparola.messages.rendering import formats
from passaparola.messages.rendering.matter import LineRow, Matter, ParcelRow
from passaparola.messages.rendering.texts import words_of
from passaparola.tracking.rules.delay import PROBABLY


def arrival(matter: Matter, parcel: ParcelRow | None) -> str:
    """Return when it is expected: as the carrier or the rule says now, else as first promised."""
    if parcel and parcel.arrival_last:
        return _days(matter, parcel.arrival_first, parcel.arrival_last)
    if parcel is None:
        return _days(matter, matter.order.promised_first, matter.order.promised_last)
    return ""


def hours(matter: Matter, parcel: ParcelRow | None) -> str:
    if parcel is None or parcel.arrival_first != parcel.arrival_last:
        return ""
    return formats.hours(parcel.arrival_from, parcel.arrival_until, matter.language, matter.zone)


def delay(matter: Matter, parcel: ParcelRow | None) -> dict[str, Any]:
    """Return who is late and when it comes instead: as it stands now, not as it stood when it was told."""
    last = parcel.arrival_last if parcel else None
    first = parcel.arrival_first if parcel else None
    if last is None and matter.told.get("new_last"):
        last = first = date.fromisoformat(str(matter.told["new_last"]))
    promised = parcel.promised_last if parcel else matter.order.promised_last
    return {
        "cause": str(matter.told.get("cause") or "unknown"),
        "is_probable": float(matter.told.get("confidence") or 1) < PROBABLY,
        "is_with_us": parcel is None or parcel.state == "label_created",
        "words": _in_their_language(matter.told.get("words"), matter.language),
        "new": _days(matter, first, last),
        "old": formats.day(promised, matter.language, matter.today.year) if promised else "",
    }


def _in_their_language(words: object, language: str) -> str:
    """Return the team's own sentence about a strike or closure."""
    told = words if isinstance(words, Mapping) else {}
    return str(told.get(language) or next(iter(told.values()), ""))


def parcel_words(matter: Matter, parcel: ParcelRow | None, moving: Sequence[ParcelRow]) -> dict[str, Any]:
    if parcel is None:
        empty = dict.fromkeys(("number", "carrier", "link", "place", "contents"), "")
        return {**empty, "position": 0, "count": len(moving)}
    ordered = sorted(moving, key=lambda p: p.pk)
    position = next((i for i, p in enumerate(ordered, 1) if p.pk == parcel.pk), 0)
    contents = _contents(_own_parts(parcel, moving), matter.lines)
    is_part = len(moving) > 1 or not is_complete(matter, moving)
    return {
        "number": parcel.number,
        "carrier": parcel.carrier,
        "link": parcel.link if parcel.link.startswith(("https://", "http://")) else "",
        "place": parcel.place,
        "contents": _listed(contents, matter.language) if is_part else "",
        "position": position,
        "count": len(moving),
    }


def siblings(
    matter: Matter, parcel: ParcelRow | None, moving: Sequence[ParcelRow], told: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Return the other parcels of the order, and what has not been sent yet; of some news is `told` already."""
    if parcel is None:
        return []
    found = []
    for other in sorted(moving, key=lambda p: p.pk):
        if other.pk == parcel.pk:
            continue
        contents, is_many = contents_of(other, moving, matter)
        found.append(
            {
                "contents": contents,
                "is_many": is_many,
                "is_told": other.pk in told,
                "state": "delivered" if other.delivered_at else "moving",
                "arrival": _days(matter, other.arrival_first, other.arrival_last),
            }
        )
    waiting = _not_sent(matter, moving)
    if waiting:
        found.append(
            {
                "contents": _listed(waiting, matter.language),
                "is_many": _is_many(waiting),
                "is_told": False,
                "state": "waiting",
                "arrival": "",
            }
        )
    return found


def contents_of(parcel: ParcelRow, moving: Sequence[ParcelRow], matter: Matter) -> tuple[str, bool]:
    """Return what is inside, in words, and whether that is several things; empty where nobody knows."""
    contents = _contents(_own_parts(parcel, moving), matter.lines)
    return _listed(contents, matter.language), _is_many(contents)


def is_complete(matter: Matter, moving: Sequence[ParcelRow]) -> bool:
    """Tell whether everything of the order has arrived."""
    return bool(moving) and all(p.delivered_at for p in moving) and not _not_sent(matter, moving)


def _not_sent(matter: Matter, moving: Sequence[ParcelRow]) -> list[tuple[str, int]]:
    """Return what is in no parcel yet. A fulfilment that does not say what is inside may hold everything."""
    sent: dict[str, int] = {}
    for fulfilment in {p.fulfilment_id: p for p in moving}.values():
        if not fulfilment.parts:
            return []
        for part in fulfilment.parts:
            line = str(part.get("line"))
            sent[line] = sent.get(line, 0) + int(part.get("quantity") or 0)
    missing = [
        (line.title, line.quantity - sent.get(line.external_id, 0))
        for line in matter.lines
        if line.needs_shipping and line.title
    ]
    return [(title, quantity) for title, quantity in missing if quantity > 0]


def _days(matter: Matter, first: date | None, last: date | None) -> str:
    if last is None or last < matter.today:
        return ""
    return formats.days(max(first or last, matter.today), last, matter.language, matter.today.year)


def _contents(parts: Sequence[Mapping[str, Any]], lines: Sequence[LineRow]) -> list[tuple[str, int]]:
    titles = {line.external_id: line.title for line in lines}
    return [
        (titles[str(part.get("line"))], int(part.get("quantity") or 0))
        for part in parts
        if titles.get(str(part.get("line"))) and part.get("quantity")
    ]


def _listed(contents: Sequence[tuple[str, int]], language: str) -> str:
    """Return `Piatto Luna and 4 × Tazza Alba`."""
    names = [title if quantity == 1 else f"{quantity} × {title}" for title, quantity in contents]
    if len(names) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(names)
    return f"{', '.join(names[:-1])} {words_of(language)['and']} {names[-1]}"


def _is_many(contents: Sequence[tuple[str, int]]) -> bool:
    return sum(quantity for _, quantity in contents) > 1


def _own_parts(parcel: ParcelRow, moving: Sequence[ParcelRow]) -> Sequence[Mapping[str, Any]]:
    """Return what is inside, where that is known: several parcels of one fulfilment share its list."""
    together = sum(p.fulfilment_id == parcel.fulfilment_id for p in moving)
    return parcel.parts if together == 1 else ()
