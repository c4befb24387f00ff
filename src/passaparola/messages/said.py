"""What was said to a customer, for the page of their case: beside what was promised and what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from passaparola.cases.models import Case
from passaparola.messages.models import Message
from passaparola.messages.reasons import word
from passaparola.stores.models import Store

MOST = 10


def of_case(store: Store, pk: int, now: datetime) -> Mapping[str, Any] | None:
    del now
    case = Case.objects.filter(store=store, pk=pk).first()
    if case is None:
        return None
    ours = Message.objects.filter(store=store)
    about = ours.filter(order=case.order_id) if case.order_id else ours.filter(customer=case.customer_id)
    language = get_language() or "en"
    found = list(about.order_by("-id")[:MOST])
    return {"said": [(message, word(message.kind, language), message.why(language)) for message in found]}
