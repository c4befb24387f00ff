"""What the page says about one parcel."""

from dataclasses import dataclass
from datetime import date

from passaparola.account.rules.contents import Pieces, inside, is_shared
from passaparola.account.rules.headline import headline
from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.proof import proof
from passaparola.account.rules.selfhelp import Hint, hints
from passaparola.account.rules.situation import Situation, of_parcel
from passaparola.account.rules.steps import Step, segments, steps
from passaparola.account.rules.times import local
from passaparola.account.rules.trouble import Trouble, trouble
from passaparola.account.rules.voice import Moment

MOST_SCANS = 24
"""Over all parcels of a page, so that it stays light; the carrier's own page has the rest."""
_OVER = frozenset({Situation.DELIVERED, Situation.RETURNED, Situation.LOST, Situation.LONG_AGO})


@dataclass(frozen=True, slots=True)
class Heard:
    """One scan as the carrier told it."""

    when: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class NewDay:
    """What was promised first, beside what holds now."""

    first: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    title: str
    """`Parcel 1 of 2`; empty where there is one only."""
    headline: str
    segments: tuple[str, ...]
    steps: tuple[Step, ...]
    contents: tuple[Pieces, ...]
    is_shared: bool
    """The contents are those of several parcels together."""
    trouble: Trouble | None
    new_day: NewDay | None
    proof: str
    """How often such estimates were right."""
    carrier: str
    number: str
    link: str
    heard: tuple[Heard, ...]
    is_over: bool
    hints: tuple[Hint, ...]


def card(order: Order, parcel: Parcel, index: int, count: int, moment: Moment) -> Card:
    situation = of_parcel(parcel, moment)
    title = moment.voice.gettext("Parcel %(index)s of %(count)s") % {"index": index, "count": count}
    return Card(
        title=title if count > 1 else "",
        headline=headline(situation, order, parcel, moment),
        segments=segments(situation, parcel),
        steps=steps(situation, order, parcel, moment),
        contents=inside(parcel, order.items),
        is_shared=is_shared(parcel, order),
        trouble=trouble(situation, order, parcel, moment),
        new_day=new_day(parcel, situation, moment),
        proof=proof(situation, order, parcel, moment),
        carrier=parcel.carrier,
        number=parcel.number,
        link=parcel.link,
        heard=heard(parcel, max(MOST_SCANS // count, 4), moment),
        is_over=situation in _OVER,
        hints=hints(situation, parcel, moment),
    )


def heard(parcel: Parcel, most: int, moment: Moment) -> tuple[Heard, ...]:
    """Return the newest scans first, those that say something."""
    newest = sorted(
        (scan for scan in parcel.scans if scan.words or scan.place), key=lambda s: s.at, reverse=True
    )
    return tuple(
        Heard(moment.stamp(local(scan, moment), has_time=scan.has_time), scan.place, scan.words)
        for scan in newest[:most]
    )


def new_day(parcel: Parcel, situation: Situation, moment: Moment) -> NewDay | None:
    """Return the promise and what became of it; a day within the days promised is no change."""
    promised, arrival = parcel.promised_last or parcel.promised_first, parcel.arrival_last
    if promised is None or arrival is None or situation in _OVER:
        return None
    earliest = parcel.promised_first or promised
    if earliest <= arrival <= promised:
        return None
    return NewDay(_days(earliest, promised, moment), _days(parcel.arrival_first or arrival, arrival, moment))


def _days(first: date, last: date, moment: Moment) -> str:
    if first == last:
        return moment.full_day(last)
    return f"{moment.voice.short_day(first, moment.today)} – {moment.voice.short_day(last, moment.today)}"
