"""Who tells what: from something that happened to the webhooks about it."""

from collections.abc import Callable

from passaparola.demo.payloads import aftership, custom, easypost, shopify, woocommerce
from passaparola.demo.payloads.letter import Letter
from passaparola.demo.world.order import Order

_SHOPS: dict[str, Callable[[Order, str, str], tuple[Letter, ...]]] = {
    shopify.KIND: lambda order, what, _: shopify.told(order, what),
    woocommerce.KIND: woocommerce.told,
    custom.KIND: custom.told,
}
CONNECTIONS = (
    ("connector", shopify.KIND),
    ("connector", woocommerce.KIND),
    ("connector", custom.KIND),
    ("carrier", aftership.KIND),
    ("carrier", easypost.KIND),
)
"""Everybody whom the demo's shop is connected to: (role, kind)."""


def letters(order: Order, what: str, base: str) -> tuple[Letter, ...]:
    """Return the webhooks about `what` (a name of `Order.times`), which is the last thing `order` knows.

    `base` is where the pictures are, ending in a slash.
    """
    if what.startswith("step"):
        return (tracker(order, int(what.split()[1])),)
    return _SHOPS[order.channel](order, what, base)


def tracker(order: Order, parcel: int) -> Letter:
    """Return what the tracking service says of a parcel that has at least one step."""
    found = order.parcels[parcel]
    told = aftership.told if found.carrier.aftership else easypost.told
    return told(order, found)
