"""The time that words name: `domani pomeriggio`, `entro venerdì`, `by the 25th`, `in two working days`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from passaparola.promises.rules.opening import (
    Opening,
    after_days,
    after_open_hours,
    after_working_days,
    end_of,
)

CLOSING = time(18, 30)
"""Where the shop is closed on the day: still a time at which people work."""
_PARTS = {
    **dict.fromkeys(
        ("mattina", "mattinata", "stamattina", "stamane", "morning", "mezzogiorno", "noon"), time(13)
    ),
    **dict.fromkeys(("pomeriggio", "afternoon"), CLOSING),
    **dict.fromkeys(("sera", "serata", "stasera", "evening", "tonight"), time(21)),
}
_DAYS = {
    **dict(zip("lunedi martedi mercoledi giovedi venerdi sabato domenica".split(), range(7), strict=True)),
    **dict(zip("monday tuesday wednesday thursday friday saturday sunday".split(), range(7), strict=True)),
}
_MONTHS = {
    name: number
    for names in (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_NUMBERS = {
    **dict(
        zip(
            "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici".split(),
            range(1, 16),
            strict=True,
        )
    ),
    **dict(
        zip(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
            range(1, 16),
            strict=True,
        )
    ),
    **dict.fromkeys(("un", "una", "a", "an", "un'"), 1),
    "un paio di": 2,
    "a couple of": 2,
}
_N = r"(?P<n>\d{1,3}|" + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + r")"
_PART = "|".join(_PARTS)
_MORE = (
    rf"(?:\s+(?:in |nel |di |al |alla |verso |the |in the )?(?P<part>{_PART}))?"
    r"(?:\s*,?\s*(?:entro |prima del|verso |around |at |by )?(?:le |alle |l'|all'|at |by |before )"
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<noon>am\b|pm\b)?)?"
)
_NOT_DUE = re.compile(
    r"(?:fino a|fino al|fino alle|until|till|dal|dalla|dalle|since|from|after|dopo|dopo il|di|"
    r"del|della|dello|of|dated|scorso|last|"
    r"ogni|every|each|tutti i|oltre|beyond|ordine|order|fattura|invoice|numero|number|chiusi|closed on|"
    r"closed|non prima di|not before)\s+(?:il |the )?$"
)
_BEFORE = re.compile(r"(?:prima di|prima del|before)\s+(?:the )?$")


@dataclass(frozen=True, slots=True)
class When:
    """A time that is due. `is_day`: a whole day was named, no hour."""

    start: int
    at: datetime
    is_day: bool


@dataclass(frozen=True, slots=True)
class _Now:
    said_at: datetime
    opening: Opening

    @property
    def today(self) -> date:
        return self.said_at.astimezone(self.opening.zone).date()


_Read = Callable[["re.Match[str]", _Now], "date | datetime | None"]
_RULES: list[tuple[re.Pattern[str], _Read]] = []


def _rule(pattern: str) -> Callable[[_Read], _Read]:
    def keep(read: _Read) -> _Read:
        _RULES.append((re.compile(rf"\b{pattern}"), read))
        return read

    return keep


def whens(clause: str, *, said_at: datetime, opening: Opening) -> list[When]:
    """Return the due times that a clause names, in the order of the words."""
    now = _Now(said_at, opening)
    found: list[When] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(clause):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            before = clause[: match.start()]
            value = None if _NOT_DUE.search(before) else read(match, now)
            taken.append((match.start(), match.end()))
            if value is not None:
                found.append(_when(match, value, now, is_before=bool(_BEFORE.search(before))))
    return sorted((one for one in found if one.at > said_at), key=lambda one: one.start)


def _when(match: "re.Match[str]", value: date | datetime, now: _Now, *, is_before: bool) -> When:
    if isinstance(value, datetime):
        return When(match.start(), value, is_day=False)
    day = value - timedelta(days=1) if is_before else value
    parts = match.groupdict()
    if parts.get("hour"):
        return When(match.start(), _at(day, _hour(parts), now), is_day=False)
    if part := parts.get("part"):
        return When(match.start(), _at(day, _PARTS[part], now), is_day=False)
    return When(match.start(), closing(day, now.opening), is_day=True)


def closing(day: date, opening: Opening) -> datetime:
    """Return when the shop shuts that day."""
    periods = [shuts for _, shuts in opening.periods(day)]
    return max(periods) if periods else datetime.combine(day, CLOSING, opening.zone).astimezone(UTC)


def _at(day: date, at: time, now: _Now) -> datetime:
    return datetime.combine(day, at, now.opening.zone).astimezone(UTC)


def _hour(parts: dict[str, str | None]) -> time:
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    noon = (parts.get("noon") or "").replace(".", "")
    if noon == "pm" and hour < 12:  # noqa: PLR2004 - noon
        hour += 12
    # “alle 4” of somebody at work is the afternoon.
    if not noon and 1 <= hour <= 7:  # noqa: PLR2004 - nobody calls then
        hour += 12
    return time(hour % 24, minute)


def _count(match: "re.Match[str]") -> int:
    text = match["n"]
    return int(text) if text.isdecimal() else _NUMBERS[text]


@_rule(
    r"(?:entro|in|tra|fra|nelle prossime|nei prossimi|nel giro di|within|within the next|in the next|"
    rf"over the next|al massimo in|massimo)\s+(?:le prossime |i prossimi |the next |le |i )?{_N}\s+"
    r"(?P<unit>giorni lavorativi|giorno lavorativo|giorni feriali|working days?|business days?|"
    r"giorn[oi]|days?|or[ae] lavorativ[ae]|working hours?|or[ae]|hours?|ore|minut[oi]|minutes?|"
    r"settiman[ae]|weeks?)\b"
)
def _span(match: "re.Match[str]", now: _Now) -> date | datetime | None:
    count, unit = _count(match), match["unit"]
    if ("lavorativ" in unit and unit.startswith("or")) or "working hour" in unit:
        return after_open_hours(now.said_at, timedelta(hours=count), now.opening)
    if "lavorativ" in unit or "ferial" in unit or "working" in unit or "business" in unit:
        return _last_day(after_working_days(now.said_at, count, now.opening), now)
    if unit.startswith(("or", "hour")):
        return now.said_at + timedelta(hours=count)
    if unit.startswith("minut"):
        return now.said_at + timedelta(minutes=count)
    days = count * 7 if unit.startswith(("settiman", "week")) else count
    return _last_day(after_days(now.said_at, days, now.opening.zone), now)


def _last_day(end: datetime, now: _Now) -> date:
    return (end - timedelta(minutes=1)).astimezone(now.opening.zone).date()


@_rule(
    r"(?:entro|in|tra|fra|within)\s+(?:un'ora|mezz'ora|mezz ora|mezza giornata|half an hour|the hour|an hour)\b"
)
def _an_hour(match: "re.Match[str]", now: _Now) -> datetime:
    said = match.group()
    if "giornata" in said:
        return now.said_at + timedelta(hours=4)
    return now.said_at + timedelta(minutes=30 if "mezz" in said or "half" in said else 60)


@_rule(rf"(?:dopodomani|the day after tomorrow){_MORE}\b")
def _overmorrow(_match: "re.Match[str]", now: _Now) -> date:
    return now.today + timedelta(days=2)


@_rule(
    r"(?:by |at |before |entro le |alle )(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<noon>am\b|"
    r"pm\b)?\s+"
    rf"(?:on |di )?(?P<day>today|tomorrow|oggi|domani|{'|'.join(_DAYS)})\b"
)
def _hour_and_day(match: "re.Match[str]", now: _Now) -> date:
    named = match["day"]
    if named in _DAYS:
        return now.today + timedelta(days=(_DAYS[named] - now.today.weekday() - 1) % 7 + 1)
    return now.today + timedelta(days=named in {"tomorrow", "domani"})


@_rule(rf"(?:domani|domattina|domani mattina|tomorrow|dom\.){_MORE}(?:\b|$)")
def _tomorrow(match: "re.Match[str]", now: _Now) -> date | datetime:
    day = now.today + timedelta(days=1)
    if match.group().startswith("domattina") and not match["hour"]:
        return _at(day, _PARTS["mattina"], now)
    return day


@_rule(r"(?P<part>stamattina|stamane|stasera|tonight)" + _MORE.replace("(?P<part>", "(?:") + r"\b")
def _part_today(_match: "re.Match[str]", now: _Now) -> date:
    return now.today


@_rule(rf"(?:questo|questa|this|later this|in the|nel|in|per la|by this)\s+(?P<part>{_PART})\b")
def _this_part(match: "re.Match[str]", now: _Now) -> date | None:
    is_now = match.group().startswith(
        ("quest", "this", "later", "nel", "by this", "in serata", "in mattinata")
    )
    return now.today if is_now or match.group() in {"in the afternoon", "in the evening"} else None


@_rule(
    r"(?:oggi stesso|oggi|today|in giornata|(?:entro|per) (?:la |fine )?(?:giornata|sera|stasera)|"
    r"by (?:the )?(?:end of (?:the |this )?day|close of business|end of business|cob|eod))"
    rf"{_MORE}(?:\b|$)"
)
def _today(match: "re.Match[str]", now: _Now) -> date | datetime:
    if re.search(r"\b(?:sera|stasera)\b", match.group()):
        return _at(now.today, _PARTS["sera"], now)
    return now.today


@_rule(
    r"(?:(?:entro|per|by|before|in|nel corso del)\w*\s+)?(?:la |the |this )?(?:fine (?:della |"
    r"di questa )?settimana|questa settimana|settimana in corso|"
    r"end of (?:the |this )?week|this week|the week is out)\b"
)
def _this_week(_match: "re.Match[str]", now: _Now) -> date:
    friday = now.today + timedelta(days=(4 - now.today.weekday()) % 7)
    return friday if now.today.weekday() <= 4 else now.today + timedelta(days=6 - now.today.weekday())  # noqa: PLR2004 - Friday


@_rule(
    r"(?:(?:entro|per|by|before|in|nel corso del)\w*\s+)?(?:la |the |early |the beginning of )?"
    r"(?:la )?(?:settimana prossima|"
    r"prossima settimana|settimana entrante|next week)\b"
)
def _next_week(_match: "re.Match[str]", now: _Now) -> date:
    monday = now.today + timedelta(days=7 - now.today.weekday())
    return monday + timedelta(days=4)


@_rule(
    r"(?:(?:entro|per|by|before)\s+)?(?:la |the )?(?:fine (?:del |di questo )?mese|end of (?:the |"
    r"this )?month)\b"
)
def _month_end(_match: "re.Match[str]", now: _Now) -> date:
    first = now.today.replace(day=28) + timedelta(days=4)
    return first.replace(day=1) - timedelta(days=1)


@_rule(
    rf"(?:{'|'.join(_DAYS)})\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?:of\s+)?(?P<month>{'|'.join(_MONTHS)}))?(?!\s*[:.]\d|"
    rf"\s?(?:am|pm)\b){_MORE}\b"
)
def _named_day(match: "re.Match[str]", now: _Now) -> date | None:
    return _dated(match, now)


@_rule(
    rf"(?:il |l'|the |on |giorno |entro il |by the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|"
    rf"di\s+)?(?P<month>{'|'.join(_MONTHS)})(?:\s+\d{{4}})?{_MORE}\b"
)
def _day_and_month(match: "re.Match[str]", now: _Now) -> date | None:
    return _dated(match, now)


@_rule(rf"(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_MORE}\b")
def _month_and_day(match: "re.Match[str]", now: _Now) -> date | None:
    return _dated(match, now)


@_rule(rf"(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})(?:/\d{{2,4}})?{_MORE}\b")
def _slashed(match: "re.Match[str]", now: _Now) -> date | None:
    return _next_date(int(match["day"]), int(match["number"]), now)


@_rule(
    rf"(?P<which>prossim[oa] |next |this |questo |questa )?(?P<weekday>{'|'.join(_DAYS)})(?P<after> prossimo|"
    rf" prossima)?(?:{_MORE})(?:\b|$)"
)
def _weekday(match: "re.Match[str]", now: _Now) -> date:
    ahead = (_DAYS[match["weekday"]] - now.today.weekday() - 1) % 7 + 1
    return now.today + timedelta(days=ahead)


@_rule(
    rf"(?:entro |per |by |on )(?:il |l'|the )(?:giorno )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\s*[%€:./]|"
    rf"\s+(?:euro|giorn|day|ore)){_MORE}\b"
)
def _day_of_month(match: "re.Match[str]", now: _Now) -> date | None:
    return _dated(match, now)


@_rule(
    r"(?:entro |prima del|verso |by |before |at |around )?(?:le |alle |l'|all'|by |at )(?:ore )?(?P<hour>[01]?\d|"
    r"2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<noon>am\b|pm\b|o'clock\b)?(?!\s*(?:or[ae]\b|giorn|"
    r"€|euro|pezz|%|/))\b"
)
def _time_today(match: "re.Match[str]", now: _Now) -> datetime | None:
    at = _at(now.today, _hour(match.groupdict()), now)
    return at if at > now.said_at else None


def _dated(match: "re.Match[str]", now: _Now) -> date | None:
    month = match.groupdict().get("month")
    return _next_date(int(match["day"]), _MONTHS[month] if month else None, now)


def _next_date(day: int, month: int | None, now: _Now) -> date | None:
    """Return the next day of that name; None where there is none, or it lies half a year away (so: in the past)."""
    candidate = now.today
    for _ in range(190):
        if candidate.day == day and month in {None, candidate.month}:
            return candidate
        candidate += timedelta(days=1)
    return None


__all__ = ["When", "closing", "end_of", "whens"]
