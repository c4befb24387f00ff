"""The messages' part of an export and an erasure: what was said, and what may be said."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from passaparola.customers.privacy import Person
from passaparola.inbound.privacy import erase_holding
from passaparola.kernel.forgetting import forget_words
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Consent, Message, Reach, SignUp, Suppression
from passaparola.messages.models.message import MessageQuerySet

KEPT = "Addresses that asked for silence stay on the list of silence: else we might write to them again."


def export(person: Person) -> Any:
    sent = Message.objects.filter(store=person.store_id, customer__in=person.ids).order_by("asked_at", "pk")
    said = Consent.objects.filter(customer__in=person.ids).order_by("said_at", "pk")
    silent = Suppression.objects.filter(store=person.store_id, address__in=person.emails)
    reached = Reach.objects.filter(store=person.store_id, customer__in=person.ids).order_by("pk")
    wrote = _wrote(person).order_by("happened_at", "pk")
    return {
        "reached": list(reached.values("channel", "address", "made_at", "heard_at", "ended_at")),
        "wrote": list(wrote.values("happened_at", "data")),
        "messages": list(sent.values("kind", "channel", "to_address", "subject", "asked_at", "sent_at")),
        "consents": list(said.values("channel", "purpose", "is_given", "wording", "source", "said_at")),
        "silence": list(silent.values("channel", "address", "reason", "made_at", "lifted_at")),
    }


def erase(person: Person, now: datetime) -> int:
    """What waits is not sent any more; of what was sent only kind and day stay."""
    ours = _messages(person)
    ours.waiting().filter(claimed_at=None).update(dropped_at=now, reason="erased")
    Consent.objects.filter(customer__in=person.ids).delete()
    asked = Q(customer__in=person.ids) | Q(store=person.store_id, email__in=person.emails)
    SignUp.objects.filter(asked).delete()
    reaches = Reach.objects.filter(store=person.store_id, customer__in=person.ids)
    addresses = list(reaches.values_list("address", flat=True))
    silent = [*person.emails, *person.phones, *(address.lower() for address in addresses)]
    gone = Suppression.objects.filter(store=person.store_id, address__in=silent)
    gone.filter(reason="hard_bounce").delete()
    gone.exclude(words="").update(words="")  # a server's answer may quote a whole letter
    erase_holding(person.store_id, addresses)  # what they wrote in chats, word for word
    _wrote(person).update(data={})
    forget_words(person.store_id, customers=person.ids)
    reaches.delete()
    ours.exclude(provider_id="").update(provider_id="")  # holds the number of a chat
    return ours.exclude(to_address="").update(to_address="", subject="", data={}, reason_data={})


def _messages(person: Person) -> MessageQuerySet:
    """To them, about their orders (to whoever follows one, too), and to their address before it was theirs."""
    theirs = Q(customer__in=person.ids) | Q(order__customer__in=person.ids) | Q(to_address__in=person.emails)
    return Message.objects.filter(theirs, store=person.store_id)


def _wrote(person: Person) -> QuerySet[EventRecord]:
    return EventRecord.objects.filter(
        store_id=person.store_id, kind="CustomerWrote", customer_id__in=person.ids
    )
