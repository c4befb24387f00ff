"""What we may write to somebody, and who said so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.customers.models import Contact, Customer
from passaparola.messages.models import Consent, Suppression
from passaparola.messages.rules import consents
from passaparola.messages.rules.values import Purpose

PURPOSES = {
    Purpose.OFFER: _("Offers"),
    Purpose.NEWS: _("News of the shop"),
}
"""Those that need a yes."""
SILENCES = {
    "hard_bounce": _("The address does not exist: nothing is sent there."),
    "complaint": _("They reported a mail as spam: nothing is sent there."),
    "unsubscribed": _("They asked for no more offers."),
}


@dataclass(frozen=True)
class Permissions:
    """By e-mail, as the sending itself decides it."""

    purposes: Sequence[tuple[str | Promise, bool]]
    said: Sequence[Consent]
    """What they told us directly, the newest first."""
    silences: Sequence[tuple[str, str | Promise]]
    """Addresses we stay silent to, and why."""


def permissions_of(customer: Customer, ids: Sequence[int], contacts: Sequence[Contact]) -> Permissions:
    said = list(Consent.objects.filter(customer__in=ids, channel="email").order_by("-said_at", "-pk"))
    direct = [consents.Said(one.purpose, one.is_given, one.said_at) for one in said]
    agreed = consents.agreed(customer.accepts_marketing, customer.consent_at, direct)
    addresses = [contact.value for contact in contacts if contact.kind == "email"]
    silent = Suppression.objects.filter(store=customer.store_id, address__in=addresses, lifted_at=None)
    return Permissions(
        purposes=[(name, purpose in agreed) for purpose, name in PURPOSES.items()],
        said=said,
        silences=[(one.address, SILENCES.get(one.reason, one.reason)) for one in silent.order_by("pk")],
    )
