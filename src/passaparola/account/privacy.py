"""The account's part of an export and an erasure."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from passaparola.account.models import AccountCode, AccountSession, ChangeRequest, Follower, Missing, Passkey
from passaparola.customers.privacy import Person

SAID = (
    _("Amounts, days and what was bought stay without a name: the law wants them kept for ten years."),
    _("Addresses that asked for silence stay on the list of silence: else we might write to them again."),
    _("What came back and what was paid for it stays without a name, with the amounts of the order."),
)
"""What other concepts keep, and why, as the certificate says it: gathered here for the translators."""


def export(person: Person) -> Any:
    sessions = AccountSession.objects.filter(customer__in=person.ids).order_by("made_at")
    changes = ChangeRequest.objects.filter(order__customer__in=person.ids).order_by("asked_at")
    followers = Follower.objects.filter(order__customer__in=person.ids).order_by("asked_at")
    missing = Missing.objects.filter(order__customer__in=person.ids).order_by("said_at")
    return {
        "sessions": list(sessions.values("browser", "made_at", "ended_at")),
        "passkeys": list(
            Passkey.objects.filter(customer__in=person.ids).values("name", "made_at", "used_at")
        ),
        "changes": list(changes.values("kind", "address", "note", "asked_at", "decided_at", "answer")),
        "followers": list(followers.values("email", "asked_at", "confirmed_at", "ended_at")),
        "missing": list(missing.values("note", "said_at", "found_at")),
    }


def erase(person: Person, now: datetime) -> int:
    del now
    gone = AccountSession.objects.filter(customer__in=person.ids).delete()[0]
    gone += Passkey.objects.filter(customer__in=person.ids).delete()[0]
    gone += AccountCode.objects.filter(
        store=person.store_id, address__in=(*person.emails, *person.phones)
    ).delete()[0]
    gone += Follower.objects.filter(order__customer__in=person.ids).delete()[0]
    ours = ChangeRequest.objects.filter(order__customer__in=person.ids)
    gone += ours.exclude(address={}, note="", answer="").update(address={}, note="", answer="")
    return gone + Missing.objects.filter(order__customer__in=person.ids).exclude(note="").update(note="")
