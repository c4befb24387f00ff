"""Who may enter a journey, and when once more."""

from datetime import datetime

from passaparola.journeys.rules.document import Again


def may_enter(again: Again, before: datetime | None, now: datetime) -> bool:
    """Tell whether somebody may come in who was here `before`: never, by that alone, or a while ago."""
    return before is None or bool(again.after and before <= now - again.after)


def entry_key(
    again: Again,
    *,
    event_key: str,
    order_id: int | None,
    customer_id: int,
    row_id: int | None = None,
    last: int = 0,
) -> str:
    """Return what names an entry for ever: a second one with the same key is none.

    Where somebody may come again after some time, the key names the entry before (`last`, 0 for none): of two
    events told at the same moment by two workers, neither of which sees the other's, only one enters. It names
    the record (`row_id`) and not the person, so that nobody is locked out by a merge that was undone.
    """
    if again.per == "order" and order_id:
        return f"order:{order_id}"
    if again.after:
        return f"after:{last}:{row_id or customer_id}"
    if again.per == "customer":
        return f"customer:{customer_id}"
    # Once for each order, and it was about none, such as a birthday: each time it happens.
    return f"event:{event_key}"[:230]
