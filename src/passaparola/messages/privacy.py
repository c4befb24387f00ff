"""The messages' part of an export and an erasure: what was said, and what may be said."""

from datetime import datetime
from typing import Any

from passaparola.customers.privacy import Person
from passaparola.messages.models import Consent, Message, SignUp, Suppression

KEPT = "Addresses that asked for silence stay on the list of silence: else we might write to them again."


def export(person: Person) -> Any:
    sent = Message.objects.filter(store=person.store_id, customer__in=person.ids).order_by("asked_at", "pk")
    said = Consent.objects.filter(customer__in=person.ids).order_by("said_at", "pk")
    silent = Suppression.objects.filter(store=person.store_id, address__in=person.emails)
    return {
        "messages": list(sent.values("kind", "channel", "to_address", "subject", "asked_at", "sent_at")),
        "consents": list(said.values("channel", "purpose", "is_given", "wording", "source", "said_at")),
        "silence": list(silent.values("channel", "address", "reason", "made_at", "lifted_at")),
    }


def erase(person: Person, now: datetime) -> int:
    """What waits is not sent any more; of what was sent only kind and day stay."""
    ours = Message.objects.filter(store=person.store_id, customer__in=person.ids)
    ours.waiting().filter(claimed_at=None).update(dropped_at=now, reason="erased")
    Consent.objects.filter(customer__in=person.ids).delete()
    SignUp.objects.filter(customer__in=person.ids).delete()
    gone = Suppression.objects.filter(store=person.store_id, address__in=person.emails)
    gone.filter(reason="hard_bounce").delete()
    return ours.exclude(to_address="").update(to_address="", subject="", data={}, reason_data={})
