"""Every address of the team with what a test needs to ask for it. A new one without a line here fails the tests."""

from typing import Any

from django.urls import URLPattern, reverse
from tests.pages import Asked, everything_kept

from passaparola.office import urls
from passaparola.office.tests.conftest import Luna

__all__ = ["ADDRESSES", "STAFF", "Asked", "address", "everything_kept", "names"]


def address(name: str, world: Luna) -> str:
    return reverse(f"office:{name}", kwargs=ADDRESSES[name].kwargs(world))


def _order(world: Luna) -> dict[str, Any]:
    return {"order_id": world.order.pk}


def _parcel(world: Luna) -> dict[str, Any]:
    return {"order_id": world.order.pk, "parcel_id": world.parcel.pk}


def _customer(world: Luna) -> dict[str, Any]:
    return {"customer_id": world.customer.pk}


def _delivery(world: Luna) -> dict[str, Any]:
    return {"delivery_id": world.delivery.pk}


def _connection(world: Luna) -> dict[str, Any]:
    return {"connection_id": world.connection.pk}


def _message(world: Luna) -> dict[str, Any]:
    return {"message_id": world.message.pk}


def _membership(world: Luna) -> dict[str, Any]:
    return {"membership_id": world.agent.pk}


def _nothing(world: Luna) -> dict[str, Any]:
    del world
    return {}


BRAND = {"colour": "#123456", "tint": "#ffffff", "radius": "4", "heading_face": "sans"}

ADDRESSES: dict[str, Asked] = {
    "today": Asked(),
    "sign-in": Asked(is_public=True),
    "send-link": Asked(is_public=True, gets=False, posts=lambda _: {"email": "x@y.example"}),
    "sign-in-link": Asked(lambda _: {"token": "x" * 43}, is_public=True),
    "sign-out": Asked(is_public=True, gets=False, posts=_nothing),
    "switch": Asked(gets=False, posts=lambda world: {"store": world.store.slug}, is_of_one=True),
    "orders": Asked(found=("BL-10240",)),
    "order": Asked(_order, is_of_one=True, found=("BL-10240", "Piatto Luna", "081544210", "In viaggio")),
    "order-carrier": Asked(_parcel, gets=False, posts=lambda _: {"carrier": "gls_it"}, is_of_one=True),
    "order-scan": Asked(
        _parcel, gets=False, posts=lambda _: {"state": "delivered", "at": "2026-11-18T10:00"}, is_of_one=True
    ),
    "customers": Asked(found=("Giulia Moretti",)),
    "customer": Asked(_customer, is_of_one=True, found=("giulia@posta.example", "BL-10240")),
    "customer-merge": Asked(
        _customer, posts=lambda world: {"other": world.double.pk}, is_of_one=True, found=("Giulietta",)
    ),
    "customer-undo-merge": Asked(
        lambda world: {"customer_id": world.customer.pk, "merge_id": world.merge.pk},
        gets=False, posts=_nothing, is_of_one=True,
    ),
    "messages": Asked(found=("giulia@posta.example",)),
    "message": Asked(_message, is_of_one=True, found=("giulia@posta.example",)),
    "message-preview": Asked(_message, is_of_one=True, found=("Giulia", "Piatto Luna")),
    "inbound": Asked(found=("orders/create",)),
    "inbound-replay-failed": Asked(gets=False, posts=_nothing),
    "inbound-delivery": Asked(_delivery, is_of_one=True, found=("The order has no number.", "BL-10240")),
    "inbound-replay": Asked(_delivery, gets=False, posts=_nothing, is_of_one=True),
    "connections": Asked(found=("Shopify",)),
    "connection-new": Asked(
        lambda _: {"role": "connector", "kind": "shopify"},
        posts=lambda _: {"secret": "the secret of Shopify"}, is_for_owners=True,
    ),
    "connection": Asked(_connection, is_of_one=True, found=("/hooks/connector/shopify/",)),
    "connection-secret": Asked(
        _connection, gets=False, posts=lambda _: {"secret": "another secret"}, is_of_one=True, is_for_owners=True
    ),
    "connection-settings": Asked(
        _connection, gets=False, posts=_nothing, is_of_one=True, is_for_owners=True
    ),
    "connection-close": Asked(_connection, gets=False, posts=_nothing, is_of_one=True, is_for_owners=True),
    "settings": Asked(posts=lambda _: {"name": "Changed"}, is_for_owners=True, found=("via Manfredi 4",)),
    "settings-brand": Asked(posts=lambda _: BRAND, is_for_owners=True, found=("#8c3b2e",)),
    "settings-team": Asked(is_for_owners=True, found=("sara@bottegaluna.example",)),
    "settings-invite": Asked(
        gets=False, is_for_owners=True,
        posts=lambda _: {"name": "Grace", "email": "grace@luna.example", "role": "agent"},
    ),
    "settings-role": Asked(
        _membership, gets=False, posts=lambda _: {"role": "owner"}, is_of_one=True, is_for_owners=True
    ),
    "settings-remove": Asked(_membership, gets=False, posts=_nothing, is_of_one=True, is_for_owners=True),
    "settings-me": Asked(posts=lambda _: {"name": "X", "language": "en", "theme": "dark"}),
    "settings-password": Asked(
        gets=False, posts=lambda _: {"now": "correct horse battery", "new": "four words nobody guesses"}
    ),
}  # fmt: skip

STAFF = {name: asked for name, asked in ADDRESSES.items() if not asked.is_public}


def names() -> set[str]:
    """Those that the address list of the office really has."""
    return {str(pattern.name) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
