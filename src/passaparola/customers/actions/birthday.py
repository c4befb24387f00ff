"""What people tell us themselves."""

from datetime import datetime

from django.db import transaction

from passaparola.customers import rules
from passaparola.customers.models import Customer


@transaction.atomic
def tell_birthday(customer: Customer, birthday: str, *, now: datetime) -> None:
    """Keep the day (`03-21`), or forget it: it is their own word, which counts from now on."""
    row = Customer.objects.select_for_update().get(pk=customer.pk)
    row.known["birthday"] = rules.own_word(birthday, now)
    row.birthday = birthday
    row.save(update_fields=["known", "birthday"])
