"""What Shopify says was sent, and the steps of a shipment that it relays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError
from passaparola.orders.facts import Facts, FulfilmentFacts, FulfilmentNewsFacts, PartFacts

NEVER_LEFT = frozenset({"cancelled", "failure", "error"})
"""Fulfilments with these states sent nothing: withdrawn by the shop, or refused by the fulfilment service."""


def read_fulfilment(
    fulfilment: Mapping[str, Any], *, seen_at: datetime, order_id: str = ""
) -> FulfilmentFacts:
    updated_at = reading.time(fulfilment.get("updated_at"))
    own_id = reading.identity(fulfilment.get("id"))
    order_id = reading.identity(fulfilment.get("order_id")) or order_id
    if not own_id or not order_id:
        raise UnreadableError("The fulfilment doesn't say its id and the id of its order.")
    return FulfilmentFacts(
        order_id=order_id,
        external_id=own_id,
        at=reading.time(fulfilment.get("created_at")) or updated_at or seen_at,
        updated_at=updated_at,
        is_cancelled=reading.text(fulfilment.get("status")).lower() in NEVER_LEFT,
        carrier=reading.text(fulfilment.get("tracking_company")),
        service=_service(fulfilment),
        numbers=_list(fulfilment, "tracking_numbers", "tracking_number"),
        urls=tuple(
            filter(None, map(reading.web_address, _list(fulfilment, "tracking_urls", "tracking_url")))
        ),
        parts=_parts(fulfilment),
    )


def _service(fulfilment: Mapping[str, Any]) -> str:
    """`manual` is Shopify's word for “no fulfilment service”."""
    service = reading.text(fulfilment.get("service"))
    return "" if service == "manual" else service


def _list(fulfilment: Mapping[str, Any], plural: str, singular: str) -> tuple[str, ...]:
    values = fulfilment.get(plural)
    several = reading.texts(values) if type(values) is list else ()
    return several or tuple(filter(None, (reading.text(fulfilment.get(singular), 2_000),)))


def _parts(fulfilment: Mapping[str, Any]) -> tuple[PartFacts, ...]:
    pieces: dict[str, int] = {}
    for line in reading.many(fulfilment.get("line_items")):
        line_id, quantity = reading.identity(line.get("id")), reading.whole(line.get("quantity"))
        if line_id and quantity > 0:
            pieces[line_id] = pieces.get(line_id, 0) + quantity
    return tuple(PartFacts(line_id=line_id, quantity=quantity) for line_id, quantity in pieces.items())


def fulfilment_changed(fulfilment: Mapping[str, Any], seen_at: datetime) -> Facts:
    return Facts(fulfilments=(read_fulfilment(fulfilment, seen_at=seen_at),))


def fulfilment_news(event: Mapping[str, Any], seen_at: datetime) -> Facts:
    own_id, order_id, fulfilment_id = (
        reading.identity(event.get(name)) for name in ("id", "order_id", "fulfillment_id")
    )
    if not own_id or not order_id or not fulfilment_id:
        raise UnreadableError("The news doesn't say its id, its order and its fulfilment.")
    place = (reading.text(event.get(name)) for name in ("city", "province", "country"))
    news = FulfilmentNewsFacts(
        order_id=order_id,
        fulfilment_id=fulfilment_id,
        external_id=own_id,
        status=reading.text(event.get("status")).lower(),
        at=reading.time(event.get("happened_at")) or reading.time(event.get("created_at")) or seen_at,
        message=reading.text(event.get("message")),
        place=", ".join(filter(None, place)),
        estimated_at=reading.time(event.get("estimated_delivery_at")),
    )
    return Facts(fulfilment_news=(news,))
