"""What a source says about orders. Amounts are exact decimals in the order's currency, times are aware."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from passaparola.customers.facts import AddressFacts, CustomerFacts
from passaparola.products.facts import ProductFacts

ZERO = Decimal(0)
NOBODY = CustomerFacts()
NOWHERE = AddressFacts()


class PaymentState(StrEnum):
    """In order of progress: of two versions with the same time, the further one is the newer."""

    PENDING = "pending"
    AUTHORIZED = "authorized"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    external_id: str
    product_id: str = ""
    """The product's id at the source; empty for what is not in the catalogue (a tip, a custom line)."""
    title: str
    variant: str = ""
    sku: str = ""
    image_url: str = ""
    quantity: int
    """As it stands now, after edits and removals; 0 for a removed line."""
    unit_price: Decimal = ZERO
    total: Decimal = ZERO
    """What is paid for the line after its discounts, with the taxes that the shop's prices include."""
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    needs_shipping: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFacts:
    """So many pieces of one line: in a parcel, in a refund."""

    line_id: str
    quantity: int
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilmentFacts:
    """What the shop says it sent: its word, not yet the carrier's."""

    order_id: str
    external_id: str
    at: datetime
    updated_at: datetime | None = None
    is_cancelled: bool = False
    carrier: str = ""
    """The carrier in the source's words: `BRT`, `Poste Italiane`, `Other`."""
    service: str = ""
    numbers: tuple[str, ...] = ()
    """Tracking numbers, one per parcel."""
    urls: tuple[str, ...] = ()
    parts: tuple[PartFacts, ...] = ()
    """Empty where the source doesn't say what is inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilmentNewsFacts:
    """A step of a shipment as the shop system relays it (Shopify's fulfillment events)."""

    order_id: str
    fulfilment_id: str
    external_id: str
    status: str
    """In the source's words: `out_for_delivery`."""
    at: datetime
    message: str = ""
    place: str = ""
    estimated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFacts:
    order_id: str
    external_id: str
    at: datetime
    amount: Decimal
    reason: str = ""
    parts: tuple[PartFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFacts:
    """The shop changed an order after it was placed."""

    order_id: str
    external_id: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    external_id: str
    number: str
    """As the customer knows it: `BL-10240`, without a leading `#`."""
    placed_at: datetime
    updated_at: datetime
    currency: str
    """ISO 4217."""
    total: Decimal
    subtotal: Decimal = ZERO
    """Lines after discounts, before shipping."""
    shipping: Decimal = ZERO
    tax: Decimal = ZERO
    discount: Decimal = ZERO
    payment_state: PaymentState = PaymentState.PENDING
    payment_method: str = ""
    """As the customer would say it: `Visa •••• 4242`, `PayPal`, `Bonifico`."""
    paid_at: datetime | None = None
    """Where the source tells it; recording falls back to the time of the first version seen as paid."""
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    deleted_at: datetime | None = None
    is_test: bool = False
    language: str = ""
    note: str = ""
    """What the customer wrote at checkout."""
    discount_codes: tuple[str, ...] = ()
    shipping_method: str = ""
    customer: CustomerFacts = NOBODY
    shipping_address: AddressFacts = NOWHERE
    billing_address: AddressFacts = NOWHERE
    lines: tuple[LineFacts, ...] = ()


class PrivacyKind(StrEnum):
    DATA_REQUEST = "data_request"
    REDACT_CUSTOMER = "redact_customer"
    REDACT_STORE = "redact_store"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyFacts:
    kind: PrivacyKind
    external_id: str
    """Names the request; a repetition has the same."""
    customer_id: str = ""
    email: str = ""
    phone: str = ""
    order_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedOrderFacts:
    external_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that one delivery says. Empty, with `note` saying why, where it has nothing for us."""

    orders: tuple[OrderFacts, ...] = ()
    deleted_orders: tuple[DeletedOrderFacts, ...] = ()
    fulfilments: tuple[FulfilmentFacts, ...] = ()
    fulfilment_news: tuple[FulfilmentNewsFacts, ...] = ()
    refunds: tuple[RefundFacts, ...] = ()
    edits: tuple[EditFacts, ...] = ()
    customers: tuple[CustomerFacts, ...] = ()
    products: tuple[ProductFacts, ...] = ()
    privacy: tuple[PrivacyFacts, ...] = ()
    note: str = ""
    """Why nothing was taken: `Shopify's test notification`."""


def joined(several: Sequence[Facts]) -> Facts:
    """Make one of what a delivery says about several things."""
    if len(several) == 1:
        return several[0]
    if not several:
        return Facts(note="The list is empty.")
    lists = [field.name for field in fields(Facts) if field.name != "note"]
    all_of: dict[str, Any] = {
        name: tuple(fact for facts in several for fact in getattr(facts, name)) for name in lists
    }
    return Facts(**all_of)
