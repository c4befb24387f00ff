"""What we may write to somebody by which channel, and who said so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.customers.models import Contact, Customer
from passaparola.messages.accounts import name_of
from passaparola.messages.models import Consent, Reach, Suppression
from passaparola.messages.rules import consents
from passaparola.messages.rules.values import Purpose
from passaparola.messages.rules.way import may_be_sent

PURPOSES = {
    Purpose.OFFER: _("Offers"),
    Purpose.NEWS: _("News of the shop"),
    Purpose.ASK: _("Questions"),
}
SILENCES = {
    "hard_bounce": _("The address does not exist: nothing is sent there."),
    "complaint": _("They reported a mail as spam: nothing is sent there."),
    "unsubscribed": _("They asked for no more offers."),
    "stopped": _("They wrote STOP there: nothing is sent there."),
}
Allowed = tuple[str, bool]
"""The channel's name, and whether we may."""


@dataclass(frozen=True)
class Said:
    """Something they told us directly."""

    consent: Consent
    channel: str
    purpose: str | Promise


@dataclass(frozen=True)
class Permissions:
    """By channel, as the sending itself decides it."""

    purposes: Sequence[tuple[str | Promise, Sequence[Allowed]]]
    said: Sequence[Said]
    """The newest first."""
    silences: Sequence[tuple[str, str | Promise]]
    """Addresses we stay silent to, and why."""


def permissions_of(customer: Customer, ids: Sequence[int], contacts: Sequence[Contact]) -> Permissions:
    told = list(Consent.objects.filter(customer__in=ids).order_by("-said_at", "-pk"))
    said: dict[str, list[consents.Said]] = defaultdict(list)
    for one in told:
        said[one.channel].append(consents.Said(one.purpose, one.is_given, one.said_at))
    # Where nothing was said beside e-mail, offers and news are not written.
    channels = ["email", *sorted(said.keys() - {"email"})]
    theirs = Q(address__in=[contact.value for contact in contacts])
    theirs |= Q(address__in=Reach.objects.filter(customer__in=ids).values(low=Lower("address")))
    silent = Suppression.objects.filter(theirs, store=customer.store_id, lifted_at=None)
    return Permissions(
        purposes=[
            (
                name,
                [(name_of(channel), _may(purpose, channel, customer, said[channel])) for channel in channels],
            )
            for purpose, name in PURPOSES.items()
        ],
        said=[
            Said(one, name_of(one.channel), PURPOSES.get(Purpose(one.purpose), one.purpose)) for one in told
        ],
        silences=[(one.address, SILENCES.get(one.reason, one.reason)) for one in silent.order_by("pk")],
    )


def _may(purpose: Purpose, channel: str, customer: Customer, said: Sequence[consents.Said]) -> bool:
    shop = (customer.accepts_marketing, customer.consent_at) if channel == "email" else (None, None)
    return may_be_sent(purpose, agreed=consents.agreed(*shop, said), declined=consents.declined(said))
