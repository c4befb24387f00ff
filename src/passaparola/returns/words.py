"""What the pages call things, in both languages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.pictures import NO_PICTURE, TOO_LARGE
from passaparola.returns.rules.policy import No, Resolution, Way
from passaparola.returns.rules.reasons import Reason, named
from passaparola.returns.rules.states import State

Word = str | Promise

RESOLUTIONS: Mapping[Resolution, Word] = {
    Resolution.REFUND: _("My money back"),
    Resolution.CREDIT: _("A credit for the shop"),
    Resolution.VARIANT: _("The same in another colour or size"),
    Resolution.PRODUCT: _("Something else from the shop"),
    Resolution.REPLACEMENT: _("The same thing again"),
    Resolution.REPAIR: _("Have it mended"),
}
"""As the customer chooses."""
AGREED: Mapping[Resolution, Word] = {
    Resolution.REFUND: _("Refund"),
    Resolution.CREDIT: _("Store credit"),
    Resolution.VARIANT: _("Another variant"),
    Resolution.PRODUCT: _("Another product"),
    Resolution.REPLACEMENT: _("Replacement"),
    Resolution.REPAIR: _("Repair"),
}
"""As the team says."""
WAYS: Mapping[Way, tuple[Word, Word]] = {
    Way.LABEL: (
        _("With a label from us"),
        _("It comes by e-mail within a working day; print it and stick it on the parcel."),
    ),
    Way.DROP_OFF: (
        _("At a counter, with a code"),
        _("The code comes within a working day: you show it on your phone, no printer needed."),
    ),
    Way.PICK_UP: (_("Fetched at my door"), _("We tell you the day within a working day.")),
    Way.OWN: (_("I send it myself"), _("With the carrier you like. Keep the receipt.")),
}
STATES: Mapping[State, tuple[Word, str, str]] = {
    State.REQUESTED: (_("To decide"), "warn", "circle-question-mark"),
    State.APPROVED: (_("Approved"), "info", "circle-check"),
    State.REFUSED: (_("Refused"), "bad", "ban"),
    State.LABEL_SENT: (_("Label sent"), "info", "ticket"),
    State.POSTED: (_("Posted"), "info", "package"),
    State.TRAVELLING: (_("On its way"), "info", "truck"),
    State.RECEIVED: (_("To inspect"), "warn", "package-check"),
    State.INSPECTED: (_("To settle"), "warn", "banknote"),
    State.REFUNDED: (_("Refunded"), "good", "banknote"),
    State.EXCHANGED: (_("Exchanged"), "good", "repeat"),
    State.CLOSED: (_("Closed"), "", "check-check"),
    State.EXPIRED: (_("Expired"), "", "timer-off"),
    State.CANCELLED: (_("Cancelled"), "", "x"),
}
"""Word, tone and icon for the team."""
TO_PREPARE: tuple[Word, str, str] = (_("To prepare"), "warn", "ticket")
"""Approved, and the label, the code or the day is still to come from us."""
TABS: tuple[tuple[str, Word], ...] = (
    ("decide", _("To decide")),
    ("prepare", _("To prepare")),
    ("come", _("To come")),
    ("inspect", _("To inspect")),
    ("settle", _("To settle")),
    ("done", _("Done")),
)
"""The lists of the desk, in the order in which a return goes through them."""
STEPS: Mapping[State, Word] = {
    State.REQUESTED: _("Asked for"),
    State.RECEIVED: _("Received"),
    State.INSPECTED: _("Inspected"),
}
"""What happened, where it is called otherwise than what it then waits for."""
SIGNED: Mapping[str, Word] = {
    "customer": _("the customer"),
    "team": _("the team"),
    "carrier": _("the carrier"),
    "shop": _("the shop system"),
    "clock": _("by itself"),
}
NOS: Mapping[No, Word] = {
    No.FINAL_SALE: _("Final sale: it can’t go back, unless it came broken. Then write to us."),
    No.WINDOW_OVER: _("The time for returning it is over."),
    No.NOT_ARRIVED: _("It has not arrived yet. Once it has, you can send it back here."),
    No.ALL_BACK: _("All of it is in a return already, or was refunded."),
    No.NOT_SHIPPED: _("Nothing that could be sent."),
    No.CANCELLED: _("The order was cancelled."),
}
GRADES: Mapping[str, Word] = {
    "as_new": _("As new"),
    "opened": _("Opened, unused"),
    "used": _("Used"),
    "damaged": _("Damaged"),
    "missing": _("Missing"),
}


def in_words(reason: Reason) -> str:
    """A reason in the reader's language: the shop's own text, or the usual one translated."""
    if reason.words_it:
        return reason.words_it if (get_language() or "").startswith("it") else reason.words
    return gettext(reason.words)


def told(reasons: tuple[Reason, ...], key: str) -> str:
    """`It arrived broken: the parcel was damaged`, for a key that was filed."""
    if key == "withdrawal":
        return gettext("Withdrawal")
    if not key:
        return ""
    reason = named(reasons, key)
    if not reason.parent:
        return in_words(reason)
    return f"{in_words(named(reasons, reason.parent))} · {in_words(reason)}"


def photo_problem(error: Exception) -> str:
    """Why a picture was not taken, in the reader's language."""
    known = {
        TOO_LARGE: _("This picture is too large. 15 MB is the most we can take."),
        NO_PICTURE: _("This file is no picture we can read. Send a photo as JPEG, PNG or WebP."),
    }
    return str(known.get(str(error), error))
