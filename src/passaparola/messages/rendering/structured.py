"""schema.org data in the head of a mail: mail programs show the order and the parcel without reading."""

import json
from typing import Any

from passaparola.messages.rendering.matter import Matter, ParcelRow

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ORDER_STATUS = {
    "delivered": "OrderDelivered",
    "ready_for_pickup": "OrderPickupAvailable",
    "lost": "OrderProblem",
    "returned": "OrderReturned",
    "label_created": "OrderProcessing",
    "unknown": "OrderProcessing",
}


def as_json(matter: Matter) -> str:
    """Return an Order, and a ParcelDelivery for the parcel the mail is about. No `<`: it stands in HTML."""
    if not matter.order.pk:
        return "[]"  # a card is about nothing that a mail program could show
    parcel = matter.parcel
    things = [_order(matter, parcel)]
    if parcel:
        things.append(_delivery(matter, parcel))
    return _ENCODE(things).replace("<", "\\u003c").replace("&", "\\u0026")


def _order(matter: Matter, parcel: ParcelRow | None) -> dict[str, Any]:
    order = matter.order
    found = _known(
        {
            "@context": "https://schema.org",
            "@type": "Order",
            "merchant": _shop(matter),
            "orderNumber": order.number,
            "orderDate": order.placed_at.isoformat() if order.placed_at else "",
            "priceCurrency": order.currency,
            "price": str(order.total),
            "paymentMethod": order.payment_method,
            "orderStatus": f"https://schema.org/{_status(matter, parcel)}",
            "url": matter.order_url,
        }
    )
    found["acceptedOffer"] = [
        {
            "@type": "Offer",
            "itemOffered": _known({"@type": "Product", "name": line.title, "image": line.image_url}),
            "price": str(line.total),
            "priceCurrency": order.currency,
            "eligibleQuantity": {"@type": "QuantitativeValue", "value": line.quantity},
        }
        for line in matter.lines
        if line.quantity and line.title
    ]
    return found


def _status(matter: Matter, parcel: ParcelRow | None) -> str:
    if matter.order.cancelled_at:
        return "OrderCancelled"
    if parcel is None:
        return "OrderProcessing" if matter.order.paid_at else "OrderPaymentDue"
    return _ORDER_STATUS.get(parcel.state, "OrderInTransit")


def _delivery(matter: Matter, parcel: ParcelRow) -> dict[str, Any]:
    address = matter.order.shipping_address
    found = _known(
        {
            "@context": "https://schema.org",
            "@type": "ParcelDelivery",
            "carrier": {"@type": "Organization", "name": parcel.carrier} if parcel.carrier else None,
            "trackingNumber": parcel.number,
            "trackingUrl": parcel.link or matter.order_url,
            "expectedArrivalFrom": parcel.arrival_first.isoformat() if parcel.arrival_first else "",
            "expectedArrivalUntil": parcel.arrival_last.isoformat() if parcel.arrival_last else "",
            "partOfOrder": _known(
                {"@type": "Order", "orderNumber": matter.order.number, "merchant": _shop(matter)}
            ),
        }
    )
    found["deliveryAddress"] = _known(
        {
            "@type": "PostalAddress",
            "name": address.get("name"),
            "streetAddress": address.get("line1"),
            "addressLocality": address.get("city"),
            "postalCode": address.get("postcode"),
            "addressCountry": address.get("country"),
        }
    )
    return found


def _shop(matter: Matter) -> dict[str, Any]:
    return _known({"@type": "Organization", "name": matter.store_name, "url": matter.store_url})


def _known(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value}
