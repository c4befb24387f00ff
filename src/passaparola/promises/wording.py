"""What a promise says, in the language of whoever reads it."""

from datetime import datetime, timedelta, tzinfo

from django.utils import timezone
from django.utils.functional import Promise as Text
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui import formats
from passaparola.promises.kind import Pace
from passaparola.promises.models import Promise
from passaparola.promises.rules.outcome import Outcome

OUTCOMES: dict[Outcome, tuple[str | Text, str]] = {
    Outcome.OPEN: (_("open"), ""),
    Outcome.ENDANGERED: (_("in danger"), "warn"),
    Outcome.KEPT: (_("kept"), "good"),
    Outcome.BROKEN: (_("broken"), "bad"),
    Outcome.LATE: (_("done, but late"), "warn"),
    Outcome.LET_GO: (_("let go"), ""),
}
"""The word and the colour."""


def said(promise: Promise, *, language: str = "", zone: tzinfo | None = None) -> str:
    """Return what was said: the words themselves, or the kind's own with the day in them."""
    language = language or get_language() or "en"
    own = promise.words.get(language) or promise.words.get("") or next(iter(promise.words.values()), "")
    if own:
        return str(own)
    about = promise.about
    zone = zone or timezone.get_current_timezone()
    shown = promise.due_at if about.pace is Pace.OPEN_HOURS else noon_of_last_day(promise.due_at)
    words = about.words.get(language) or about.words["en"]
    return words.format(
        day=formats.day(shown, language, zone, timezone.now()),
        time=formats.clock(promise.due_at, language, zone),
    )


def noon_of_last_day(due_at: datetime) -> datetime:
    """Return a moment on the day that ends with this one.

    A day ends by the clocks of where the parcel goes: London's end is one in the morning in Rome, and so already
    tomorrow. Noon is on the same day for everybody whose clocks are less than twelve hours apart.
    """
    return due_at - timedelta(hours=12)


def due_words(promise: Promise, now: datetime) -> str:
    """`in 3 hours`; where the day counts, `tomorrow` or `in 3 days`: its end is nobody's hour."""
    language = get_language() or "en"
    if promise.about.pace is Pace.OPEN_HOURS:
        return formats.ago(promise.due_at, language, now)
    zone = timezone.get_current_timezone()
    last = noon_of_last_day(promise.due_at).astimezone(zone).date()
    days = (last - now.astimezone(zone).date()).days
    return (
        formats.near_day(last, language, zone, now)
        if abs(days) <= 1
        else formats.ago(now + timedelta(days=days), language, now)
    )
