"""Getting it back to the shop: labels, codes, tracking numbers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.steps import CUSTOMER, TEAM, check, locked, take
from passaparola.returns.models import BackParcel, Return
from passaparola.returns.rules.states import State
from passaparola.stores.models import Member
from passaparola.tracking.actions.carrier import poll_due
from passaparola.tracking.actions.record import lock_trackers
from passaparola.tracking.carrier import CARRIERS
from passaparola.tracking.models import Tracker
from passaparola.tracking.numbers import in_path
from passaparola.tracking.rules.identify import identify

MOST_LABEL_BYTES = 3 * 1024 * 1024
MOST_PARCELS = 12
LABELS = {b"%PDF-": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""What a label may be, by its first bytes; a name says nothing."""


@transaction.atomic
def send_label(
    filed: Return,
    *,
    by: Member | None,
    label: bytes = b"",
    code: str = "",
    carrier: str = "",
    number: str = "",
    now: datetime,
) -> Return:
    """Give the customer what is needed: a label to print, a code for the counter, or both."""
    filed = locked(filed)
    check(filed, State.LABEL_SENT)
    if not (label or code.strip()):
        raise CannotError(_("Add the label as a file, or the code that the counter scans."))
    kind = label_type(label) if label else ""
    new_parcel(
        filed,
        now,
        carrier=carrier,
        number=number,
        code=code.strip()[:120],
        label=label or None,
        label_type=kind,
    )
    take(filed, State.LABEL_SENT, now=now, who=TEAM, by=by)
    return filed


def label_type(content: bytes) -> str:
    """Return what a label is; raises CannotError for what no printer should be given."""
    if len(content) > MOST_LABEL_BYTES:
        raise CannotError(_("This file is too large. 3 MB is the most a label may have."))
    kind = next((kind for head, kind in LABELS.items() if content.startswith(head)), "")
    if not kind:
        raise CannotError(_("A label has to be a PDF, PNG or JPEG file."))
    return kind


@transaction.atomic
def post(
    filed: Return,
    *,
    numbers: list[str],
    carrier: str = "",
    who: str = CUSTOMER,
    by: Member | None = None,
    now: datetime,
) -> Return:
    """Keep that it is on its way, in one parcel or several, each with its number where there is one."""
    filed = locked(filed)
    check(filed, State.POSTED)
    wanted = [number for number in map(in_path, numbers) if number]
    if any(len(number) > 40 for number in wanted):  # noqa: PLR2004 - no carrier's is longer
        raise CannotError(_("A tracking number has at most 40 signs. Copy it once more."))
    for number in wanted:
        if not filed.parcels.filter(number=number).exists():
            new_parcel(filed, now, carrier=carrier, number=number)
    if not filed.parcels.exists():
        new_parcel(filed, now, carrier=carrier)
    filed.parcels.filter(posted_at=None).update(posted_at=now)
    filed.check_at = None
    take(filed, State.POSTED, now=now, who=who, by=by, words=", ".join(wanted))
    return filed


def new_parcel(
    filed: Return, now: datetime, *, carrier: str = "", number: str = "", **more: object
) -> BackParcel:
    """Keep one parcel of a locked return, or what is new about one that is known by its number."""
    if filed.parcels.count() >= MOST_PARCELS:
        raise CannotError(_("A return has at most %(most)d parcels.") % {"most": MOST_PARCELS})
    number = in_path(number)[:40]
    known = filed.parcels.filter(number=number).first() if number else None
    made = known or BackParcel(filed=filed, number=number, made_at=now)
    made.carrier = carrier or made.carrier
    for name, value in more.items():
        setattr(made, name, value or getattr(made, name))
    if number and made.tracker_id is None:
        made.tracker_id = _follow(filed, number, carrier, now)
    made.save()
    return made


def _follow(filed: Return, number: str, carrier: str, now: datetime) -> int:
    """Follow a number as any parcel's: the carrier is asked, or its webhooks are heard."""
    pk = lock_trackers([(filed.store_id, number)])[filed.store_id, number]
    found = identify(number, carrier_words=carrier, destination_country=filed.store.country, enabled=CARRIERS)
    key = "" if found.needs_a_person else found.carrier_key
    Tracker.objects.filter(pk=pk, carrier="", chosen_at=None, parcels=None).update(
        carrier=key,
        carrier_words=carrier,
        confidence=found.confidence,
        needs_a_person=False,  # of a customer's parcel nobody has to say whose it is
        poll_due_at=poll_due(key, now, now) if key else None,
    )
    return pk
