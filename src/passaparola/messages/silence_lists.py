"""Lists of silenced addresses as files: what other programs export can be read, ours can be read by them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO

from passaparola.messages.accounts import connectable
from passaparola.messages.actions.silences import Silence
from passaparola.messages.channel import CHANNELS
from passaparola.messages.models import Suppression, SuppressionReason
from passaparola.messages.rules.address import mail_address, phone_number

HEAD = ("address", "channel", "reason", "made_at", "words")
LONGEST = 100_000
"""Lines that are read at most."""
NAMED = 10
"""Wrong lines that are named."""
_FORMULA = frozenset({"=", "+", "-", "@", "\t", "\r"})
_ADDRESS = ("address", "email", "e-mail", "email address", "email_address", "indirizzo", "recipient")
_REASON = ("reason", "status", "type", "motivo", "stato")
_WHEN = ("made_at", "created_at", "created", "date", "timestamp", "data")
_WORDS = {
    SuppressionReason.HARD_BOUNCE: ("bounce", "cleaned", "invalid", "rimbalz", "hard"),
    SuppressionReason.COMPLAINT: ("complain", "spam", "abuse", "reclam"),
    SuppressionReason.UNSUBSCRIBED: ("unsub", "opt", "disiscri", "cancella", "no"),
}


class UnreadableListError(ValueError):
    """The file is no list of addresses; the sentence says why."""


@dataclass
class Read:
    """What a file held."""

    silences: list[Silence] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """The first lines without a good address, as `line 7: giulia@`."""
    wrong_count: int = 0


def read(text: str, *, store_id: int, reason: str) -> Read:
    """Read a CSV with a column of addresses. `reason` counts where the file says none that is known.

    UnreadableListError where no column can hold addresses.
    """
    lines: Iterator[list[str]] = csv.reader(StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text))
    head = [name.strip().lower() for name in next(lines, [])]
    at = _column(head, _ADDRESS)
    found = Read()
    if at is None:
        if not head or not mail_address(head[0]):
            raise UnreadableListError
        at, lines = 0, iter([head, *lines])  # a bare list without a head
    reasons, whens, channels = _column(head, _REASON), _column(head, _WHEN), _column(head, ("channel",))
    for number, line in enumerate(lines, 2):
        if number > LONGEST:
            break
        if not any(cell.strip() for cell in line):
            continue
        channel = _channel(_cell(line, channels))
        address = _address(_cell(line, at), channel)
        if not address:
            found.wrong_count += 1
            found.wrong += [f"{number}: {''.join(line)[:60]}"] if len(found.wrong) < NAMED else []
            continue
        found.silences.append(
            Silence(
                store_id=store_id,
                address=address,
                channel=channel,
                reason=_reason(_cell(line, reasons)) or reason,
                source="import",
                made_at=_when(_cell(line, whens)),
            )
        )
    return found


def written(suppressions: Iterable[Suppression]) -> Iterator[str]:
    """Yield the lines of a CSV with everything that holds."""
    yield _line(HEAD)
    for one in suppressions:
        yield _line((one.address, one.channel, one.reason, one.made_at.isoformat(), one.words))


def _line(cells: Iterable[str]) -> str:
    into = StringIO()
    csv.writer(into).writerow([_inert(cell) for cell in cells])
    return into.getvalue()


def _inert(cell: str) -> str:
    """Spreadsheets run what begins like a formula."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _column(head: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, name in enumerate(head) if name in names), None)


def _cell(line: list[str], at: int | None) -> str:
    return line[at].strip() if at is not None and at < len(line) else ""


def _channel(told: str) -> str:
    """Return the channel it names: ours name it, other programs' lists are about e-mail."""
    return told if told in CHANNELS else "email"


def _address(told: str, channel: str) -> str:
    """Return the address as its channel has it; what was made inert for spreadsheets is made whole again."""
    plain = told.removeprefix("'") if told[1:2] in _FORMULA else told
    if channel == "email":
        return mail_address(plain)
    return (
        phone_number(plain)
        if channel in connectable() and connectable()[channel].takes_phones
        else plain[:254]
    )


def _reason(told: str) -> str:
    words = told.lower()
    if words in SuppressionReason.values:
        return words
    return next((key.value for key, some in _WORDS.items() if any(words.startswith(w) for w in some)), "")


def _when(told: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
