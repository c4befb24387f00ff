"""What whoever asked for a message told us, as its templates read it: `data.number`, `data.send_by_day`.

A name that ends in `_day` holds a day (ISO) and is written out in the reader's language; one that ends in
`_money` an exact amount in the order's currency. All else stays as it is.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from passaparola.messages.rendering import formats
from passaparola.messages.rendering.matter import Matter


def worded(matter: Matter) -> dict[str, Any]:
    return {name: _worded(name, value, matter) for name, value in matter.told.items()}


def _worded(name: str, value: Any, matter: Matter) -> Any:
    try:
        if name.endswith("_day") and value:
            return formats.day(date.fromisoformat(str(value)), matter.language, matter.today.year)
        if name.endswith("_money") and value:
            amount = Decimal(str(value))
            return formats.money(amount, matter.order.currency, matter.language) if amount else ""
    except (ValueError, InvalidOperation):
        return value  # somebody else's word of that ending: theirs to say
    return value
