"""What customers do when the shop system passes on a privacy request: the person is found and it is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from passaparola.customers import actions
from passaparola.customers.events import PrivacyRequested
from passaparola.customers.models import Customer, PrivacyRequest
from passaparola.customers.rules import email_key
from passaparola.kernel.events import on

REDACT = ("redact_customer", "redact_store")


@on(PrivacyRequested, history=True)
def forget(batch: Sequence[PrivacyRequested], now: datetime) -> None:
    """Erase whom the shop has to have erased. It has waited on its side already, so we wait no more.

    A request to *see* data waits for the team: the office has the file, and who may get it is theirs to know.
    """
    asked = [event.subject_id or 0 for event in batch if event.request in REDACT]
    for request in PrivacyRequest.objects.filter(pk__in=asked, answered_at=None):
        for customer in _who(request):
            actions.ask_erasure(customer, by="shop", cooling=timedelta(0), now=now)
        PrivacyRequest.objects.filter(pk=request.pk).update(answered_at=now)


def _who(request: PrivacyRequest) -> list[Customer]:
    people = Customer.objects.filter(store=request.store, erased_at=None, merged_into=None)
    if request.kind == "redact_store":
        return list(people)
    keys = (
        [f"account:{request.source}:{request.customer_external_id}"] if request.customer_external_id else []
    )
    keys += [email_key(request.email)] if request.email else []
    named = Customer.objects.filter(identities__store=request.store, identities__key__in=keys)
    return list(people.filter(pk__in={row.merged_into_id or row.pk for row in named}))
