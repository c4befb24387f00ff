"""From message rows to letters: everything a batch of mails speaks of, in a handful of statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import mark_safe

from passaparola.customers.models import Customer
from passaparola.kernel.secrets import unsealed, veiled
from passaparola.messages.channel import Letter, Sender
from passaparola.messages.kind import MessageKind
from passaparola.messages.links import preferences_link
from passaparola.messages.queries import similar_products
from passaparola.messages.rendering import structured
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.matter import NO_ORDER, LineRow, Matter, OrderFull, ParcelRow, Person
from passaparola.messages.rendering.template import Template
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.rules.address import mail_address
from passaparola.messages.versions import Versions
from passaparola.orders.links import order_link
from passaparola.orders.models import Line, Order
from passaparola.products.models import Product
from passaparola.stores.models import Store
from passaparola.tracking.known_carriers import link, name_of
from passaparola.tracking.models import Parcel


class Due(Protocol):
    """What a letter needs of a message."""

    @property
    def pk(self) -> int: ...
    @property
    def store_id(self) -> int: ...
    @property
    def customer_id(self) -> int | None: ...
    @property
    def order_id(self) -> int | None: ...
    @property
    def parcel_id(self) -> int | None: ...
    @property
    def to_address(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...
    @property
    def template_id(self) -> int | None: ...


_ORDER = (
    "pk",
    "number",
    "placed_at",
    "currency",
    "total",
    "subtotal",
    "shipping",
    "discount",
    "payment_state",
    "payment_method",
    "paid_at",
    "cancelled_at",
    "shipping_address",
    "shipping_method",
    "shipped_at",
    "customer__first_name",
    "first_promise__first",
    "first_promise__last",
    "link_epoch",
)
_LINE = ("order_id", "external_id", "title", "variant", "quantity", "total", "image_url", "needs_shipping")
_IMAGE = _LINE.index("image_url")
_PARCEL = (
    "pk",
    "order_id",
    "name",
    "tracker__key",
    "tracker__carrier",
    "tracker__carrier_words",
    "fulfilment__carrier",
    "link",
    "fulfilment_id",
    "fulfilment__parts",
    "state",
    "place",
    "cancelled_at",
    "delivered_at",
    "arrival_first",
    "arrival_last",
    "arrival_from",
    "arrival_until",
    "promised_last",
)


@dataclass
class Letters:
    """All rows that a batch speaks of; writes one letter after the other."""

    stores: dict[int, Store]
    now: datetime
    orders: dict[int, OrderFull] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    """Those who are written to without an order."""
    lines: dict[int, list[LineRow]] = field(default_factory=dict)
    parcels: dict[int, list[ParcelRow]] = field(default_factory=dict)
    similar: dict[int, list[dict[str, str]]] = field(default_factory=dict)
    senders: dict[int, Sender] = field(default_factory=dict)
    opens_seals: bool = False
    """Only on the way out: whoever looks at a message later reads no code in it."""
    versions: Versions = field(default_factory=Versions)
    templates: dict[tuple[str, str, int, int | None], Template] = field(default_factory=dict)

    @classmethod
    def of(
        cls, messages: Sequence[tuple[Due, MessageKind]], stores: dict[int, Store], now: datetime
    ) -> "Letters":
        found = cls(stores=stores, now=now)
        orders = {message.order_id for message, _ in messages if message.order_id}
        found.orders = _orders(orders)
        found.people = _people({m.customer_id for m, _ in messages if m.customer_id and not m.order_id})
        found.lines = _lines(orders)
        found.parcels = _parcels(orders)
        chosen = {m.template_id for m, _ in messages if m.template_id}
        found.versions = Versions.of(stores, {kind.key for _, kind in messages}, chosen)
        found.similar = similar_products(
            [m.order_id for m, kind in messages if kind.shows_similar and m.order_id]
        )
        return found

    def letter(self, message: Due, kind: MessageKind) -> Letter:
        """Write the letter for one message; `kind` may be the plain one sent in place of an offer.

        TemplateError where a kind that speaks of an order has none.
        """
        if kind.needs_order and not message.order_id:
            raise TemplateError(f"“{kind.key}” speaks of an order, and this message has none.")
        store = self.stores[message.store_id]
        unsubscribe = preferences_link(message.pk, now=self.now, host=store.host)
        matter = self._matter(message, kind, store, unsubscribe)
        data = content(matter)
        data["structured"] = mark_safe(structured.as_json(matter))  # noqa: S308 - JSON with < escaped
        return Letter(
            pk=message.pk,
            to_address=message.to_address,
            sender=self._sender(store),
            template=self._template(kind.key, message, store),
            data=data,
            purpose=kind.purpose,
            thread=f"order-{message.order_id}" if message.order_id else "",
            opens_thread=kind.is_confirmation,
            unsubscribe_url=unsubscribe,
            at=self.now,
        )

    def _matter(self, message: Due, kind: MessageKind, store: Store, unsubscribe: str) -> Matter:
        # To anybody else even the head of the mail must not tell of the order, nor lead to its page.
        order = 0 if kind.goes_to_others else message.order_id or 0
        customer = 0 if kind.goes_to_others else message.customer_id or 0
        return Matter(
            order=self.orders[order] if order else NO_ORDER,
            person=self.people.get(customer, Person()),
            lines=self.lines.get(order, ()),
            parcels=self.parcels.get(order, ()),
            parcel_id=message.parcel_id if order else None,
            told=unsealed(message.data) if self.opens_seals else veiled(message.data),
            similar=self.similar.get(order, ()),
            coupon=store.welcome_coupon,
            signature=store.signature,
            store_name=store.name,
            store_url=store.url,
            store_country=store.country,
            order_url=self._order_url(order, store) or store.url,
            preferences_url=unsubscribe,
            zone=store.zone,
            language=message.language,
            is_agreed=kind.purpose.needs_consent,
            now=self.now,
        )

    def _order_url(self, order: int, store: Store) -> str:
        found = self.orders.get(order)
        if found is None:
            return ""
        return order_link(order, now=self.now, epoch=found.link_epoch, host=store.host)

    def _template(self, kind: str, message: Due, store: Store) -> Template:
        key = (kind, message.language, store.pk, message.template_id)
        if key not in self.templates:
            self.templates[key] = self.versions.template(kind, message.language, store, message.template_id)
        return self.templates[key]

    def _sender(self, store: Store) -> Sender:
        if store.pk not in self.senders:
            self.senders[store.pk] = sender_of(store)
        return self.senders[store.pk]


def sender_of(store: Store) -> Sender:
    """Return who speaks for the shop; without an address of its own, one at our own host."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    # As mail servers take it: `ciao@caffè.example` is a good address, but no header could be written with it.
    address = mail_address(store.email) or f"{store.slug}@{host.encode('idna').decode()}"
    return Sender(name=store.name, address=address, host=address.rpartition("@")[2])


def _orders(ids: Collection[int]) -> dict[int, OrderFull]:
    found = {}
    for row in Order.objects.filter(pk__in=ids).values_list(*_ORDER):
        order = OrderFull._make(row)
        found[order.pk] = order._replace(first_name=order.first_name or "")
    return found


def _people(ids: Collection[int]) -> dict[int, Person]:
    if not ids:
        return {}
    rows = Customer.objects.filter(pk__in=ids).values_list("pk", "first_name", "last_name")
    return {pk: Person(first, last) for pk, first, last in rows}


def _lines(ids: Collection[int]) -> dict[int, list[LineRow]]:
    found: dict[int, list[LineRow]] = defaultdict(list)
    rows = Line.objects.filter(order_id__any=ids).order_by("order_id", "position", "pk")
    told = list(rows.values_list(*_LINE, "order__store_id", "order__source", "product_external_id"))
    # Shopify's orders bring no pictures: the product has them. One question for the whole batch; a sub-query
    # a line cost a quarter of a mail.
    bare = {
        (store, source, product) for *line, store, source, product in told if product and not line[_IMAGE]
    }
    pictures = _pictures(bare)
    for *line, store, source, product in told:
        row = LineRow._make(line)
        image = row.image_url or pictures.get((store, source, product), "")
        found[row.order_id].append(row._replace(image_url=image if _may_show(image) else ""))
    return found


def _pictures(products: Collection[tuple[int, str, str]]) -> dict[tuple[int, str, str], str]:
    """Return the pictures of these products: store, source, id at the source."""
    if not products:
        return {}
    stores, sources, names = (set(part) for part in zip(*products, strict=True))
    rows = Product.objects.filter(store_id__any=stores, source__any=sources, external_id__any=names)
    keyed = rows.values_list("store_id", "source", "external_id", "image_url")
    return {(store, source, product): image for store, source, product, image in keyed}


def _may_show(image_url: str) -> bool:
    """Mail programs load pictures over TLS only; our own server is as safe as the page that links there."""
    return image_url.startswith(("https://", f"{settings.PUBLIC_URL}/"))


def _parcels(ids: Collection[int]) -> dict[int, list[ParcelRow]]:
    found: dict[int, list[ParcelRow]] = defaultdict(list)
    for row in Parcel.objects.filter(order__in=ids).order_by("pk").values_list(*_PARCEL):
        pk, order, name, key, carrier, words, shop_says, url, fulfilment, parts, *rest = row
        # A key with the sign in front names steps relayed by the shop, not a number.
        number = key if key and not key.startswith("~") else name
        found[order].append(
            ParcelRow(
                pk,
                order,
                name,
                number or "",
                name_of(carrier) if carrier else words or shop_says or "",
                url or link(carrier or "", number or "", "it"),
                fulfilment,
                parts or [],
                *rest,
            )
        )
    return found
