"""How the events of the ledger are told on a timeline."""

from datetime import datetime

from django.utils.timezone import get_current_timezone, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui import formats
from passaparola.kernel.ui.sentences import Data, Sentence, register
from passaparola.promises.kind import Pace, PromiseKind, kind_of
from passaparola.promises.wording import noon_of_last_day


def _what(data: Data, currency: str) -> str:
    del currency
    return str(_about(data).label)


def _about(data: Data) -> PromiseKind:
    return kind_of(str(data.get("promise", "")))


def _when(due: datetime, *, ends_a_day: bool) -> str:
    language, zone = get_language() or "en", get_current_timezone()
    if ends_a_day:
        return formats.day(noon_of_last_day(due), language, zone, now())
    return formats.moment(due, language, zone, now())


def _until(data: Data, currency: str) -> str:
    due = datetime.fromisoformat(str(data["due_at"])) if data.get("due_at") else None
    said = str(data.get("words", ""))
    when = _when(due, ends_a_day=not said and _about(data).pace is not Pace.OPEN_HOURS) if due else ""
    return " · ".join(part for part in (_what(data, currency), f"“{said}”" if said else "", when) if part)


def _danger(data: Data, currency: str) -> str:
    try:
        risk = round(100 * float(data.get("risk", "")))
    except ValueError:
        return _until(data, currency)
    probably = _now("missed with a probability of %(percent)s%%") % {"percent": risk}
    return f"{_until(data, currency)} · {probably}"


def _kept(data: Data, currency: str) -> str:
    late = _now("done, but late") if data.get("is_late") else ""
    return " · ".join(part for part in (_what(data, currency), late) if part)


def _why(data: Data, currency: str) -> str:
    return " · ".join(part for part in (_what(data, currency), str(data.get("why", ""))) if part)


register(
    {
        "PromiseMade": Sentence(_("Promised"), "handshake", "info", _until),
        "PromiseEndangered": Sentence(_("A promise is in danger"), "triangle-alert", "warn", _danger),
        "PromiseKept": Sentence(_("Promise kept"), "check", "good", _kept),
        "PromiseBroken": Sentence(_("Promise broken"), "heart-crack", "bad", _until),
        "PromiseForgiven": Sentence(_("Promise let go"), "feather", "", _why),
        "PromiseWithdrawn": Sentence(_("Promise means nothing any more"), "eraser", "", _what),
    }
)
