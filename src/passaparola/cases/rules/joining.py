"""Which case a trouble belongs to. Values in, answer out."""

from collections.abc import Mapping, Sequence

Where = tuple[str, int]
"""`("order", 7)` or `("customer", 3)`: what a case of its own would be of."""


def belongs_to(
    order: int | None, customer: int | None, *, open_of_customer: Mapping[int, Sequence[Where]]
) -> Where | None:
    """Return whose open case it joins, or opens: an order's trouble is told in that order's story.

    A trouble of a person alone joins the one case they have open; of several nobody can know which it is
    about, so it gets its own. A trouble of nobody is no case (None).
    """
    if order is not None:
        return ("order", order)
    if customer is None:
        return None
    theirs = open_of_customer.get(customer, ())
    return theirs[0] if len(theirs) == 1 else ("customer", customer)
