"""Who may enter a journey, and when once more."""

from passaparola.journeys.rules.document import Again


def entry_key(again: Again, *, event_key: str, order_id: int | None, customer_id: int) -> str:
    """Return what names an entry for ever: a second one with the same key is none."""
    if again.per == "order" and order_id:
        return f"order:{order_id}"
    if again.per == "event" or again.after:
        return f"event:{event_key}"[:230]
    return f"customer:{customer_id}"
