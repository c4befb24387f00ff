"""The rows of a batch of orders: one statement a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from passaparola.customers.actions import Person
from passaparola.kernel.database import bulk
from passaparola.orders import rules
from passaparola.orders.facts import FulfilmentFacts, OrderFacts, PartFacts, RefundFacts
from passaparola.orders.models import Fulfilment, Line, Order, Refund
from passaparola.stores.models import Store

if TYPE_CHECKING:
    from passaparola.orders.actions.record import Sourced

Name = tuple[int, str, str]
"""Store, source, the order's id at the source."""
Key = tuple[int, str, str, str]
"""The same, with the version."""

LONGEST_NUMBER = 120
GUESS = "-export"
"""Ends the names of fulfilments and refunds that a file only implies."""
_VERSIONED = (
    "version number identity_id customer_id placed_at currency total subtotal shipping tax discount "
    "payment_state payment_method cancelled_at cancel_reason deleted_at is_test language email phone note "
    "discount_codes shipping_method shipping_address billing_address search"
).split()
_STUB: dict[str, Any] = {
    "version": "",
    "number": "",
    "identity_id": None,
    "customer_id": None,
    "placed_at": None,
    "currency": "",
    "total": 0,
    "subtotal": 0,
    "shipping": 0,
    "tax": 0,
    "discount": 0,
    "payment_state": "",
    "payment_method": "",
    "paid_at": None,
    "cancelled_at": None,
    "cancel_reason": "",
    "cancelled_first_at": None,
    "deleted_at": None,
    "is_test": False,
    "is_history": False,
    "language": "",
    "email": "",
    "phone": "",
    "note": "",
    "discount_codes": [],
    "shipping_method": "",
    "shipping_address": {},
    "billing_address": {},
    "search": "",
    "page_version": 0,
}


@dataclass(slots=True)
class Orders:
    """The orders a batch speaks of: their newest versions, and what else it says about them."""

    versions: dict[Name, list[OrderFacts]] = field(default_factory=dict)
    deleted: dict[Name, Any] = field(default_factory=dict)
    fulfilments: list[tuple[Name, FulfilmentFacts]] = field(default_factory=list)
    refunds: list[tuple[Name, RefundFacts]] = field(default_factory=list)
    mentioned: set[Name] = field(default_factory=set)
    ids: dict[Name, int] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    """Orders of which a newer version was written."""
    new: set[int] = field(default_factory=set)
    """Orders nobody had heard of."""
    stamps: dict[int, str] = field(default_factory=dict)
    """Versions by the identity of the facts: hashing them by value would cost more than making the version."""
    fulfilments_told: list[tuple[int, str, str, datetime]] = field(default_factory=list)
    """Order id, fulfilment's id at the source, version, time: everything said, also what was old news."""

    @classmethod
    def of(cls, batch: Sequence["Sourced"]) -> "Orders":
        found = cls()
        for s in batch:
            store, source, facts = s.store_id, s.source, s.facts
            for order in facts.orders:
                found.versions.setdefault((store, source, order.external_id), []).append(order)
                found.stamps[id(order)] = rules.order_version(order)
            for gone in facts.deleted_orders:
                found.deleted[store, source, gone.external_id] = gone.at
            found.fulfilments += [((store, source, f.order_id), f) for f in facts.fulfilments]
            found.refunds += [((store, source, r.order_id), r) for r in facts.refunds]
            found.mentioned |= {(store, source, edit.order_id) for edit in facts.edits}
            found.mentioned |= {(store, source, news.order_id) for news in facts.fulfilment_news}
        return found

    def version_of(self, order: OrderFacts) -> str:
        return self.stamps[id(order)]

    def write(self, people: Mapping[Key, Person], *, is_history: bool) -> None:
        """Write the orders; those only mentioned get a stub, so that what hangs on them has a place.

        Every order of the batch is locked by this: two workers never derive the same order at once.
        """
        newest = {name: max(versions, key=self.version_of) for name, versions in self.versions.items()}
        names = (
            set(newest)
            | set(self.deleted)
            | self.mentioned
            | {name for name, _ in self.fulfilments}
            | {name for name, _ in self.refunds}
        )
        rows = [
            {"store_id": name[0], "source": name[1], "external_id": name[2]}
            | _STUB
            | {"is_history": is_history}
            | (self._row(name, newest[name], people) if name in newest else {})
            for name in names
        ]
        _fill_currencies(rows)
        written = bulk.upsert(
            Order,
            rows,
            key=["store_id", "source", "external_id"],
            update=_VERSIONED,
            where="old.version < excluded.version",
            returning=["id", "store_id", "source", "external_id", "(xmax = 0)"],
        )
        self.changed = {row[0] for row in written}
        self.new = {row[0] for row in written if row[4]}
        self.ids = {(store, source, external): pk for pk, store, source, external, _ in written}
        self._lock(name for name in names if self.ids.get(name) not in self.new)
        self._write_evidence()

    def _row(self, name: Name, newest: OrderFacts, people: Mapping[Key, Person]) -> dict[str, Any]:
        version = self.version_of(newest)
        return (
            {"version": version} | _order_row(newest, people[*name, version]) | _evidence(self.versions[name])
        )

    def _lock(self, names: Iterable[Name]) -> None:
        names = set(names)
        if not names:
            return
        stores, sources, externals = (set(part) for part in zip(*names, strict=True))
        found = (
            Order.objects.filter(store_id__any=stores, source__any=sources, external_id__any=externals)
            .order_by("pk")
            .select_for_update(of=("self",))
            .values_list("store_id", "source", "external_id", "pk")
        )
        self.ids |= {(a, b, c): pk for a, b, c, pk in found if (a, b, c) in names}

    def _write_evidence(self) -> None:
        """Keep the earliest time at which any version was paid, cancelled, deleted: also old versions count.

        New orders were written with it.
        """
        known = {name: pk for name in self.versions if (pk := self.ids[name]) not in self.new}
        rows = [{"id": pk} | _evidence(self.versions[name]) for name, pk in known.items()]
        rows = [row for row in rows if row["paid_at"] or row["cancelled_first_at"]]
        least = "{0} = LEAST(old.{0}, v.{0})"
        bulk.update(
            Order, rows, key=["id"], set_=[least.format("paid_at"), least.format("cancelled_first_at")]
        )
        gone = [{"id": self.ids[name], "deleted_at": at} for name, at in self.deleted.items()]
        bulk.update(Order, gone, key=["id"], set_=["deleted_at = LEAST(old.deleted_at, v.deleted_at)"])

    def write_parts(self) -> None:
        """Write lines, fulfilments and refunds."""
        self._write_lines()
        rows = [_fulfilment_row(self.ids[name], facts) for name, facts in self.fulfilments]
        self.fulfilments_told = [
            (row["order_id"], row["external_id"], row["version"], row["made_at"]) for row in rows
        ]
        bulk.upsert(
            Fulfilment,
            sorted(rows, key=lambda row: row["version"]),
            key=["order_id", "external_id"],
            update=["version", "made_at", "is_cancelled", "carrier", "service", "numbers", "urls", "parts"],
            where="old.version < excluded.version",
        )
        refunds = [_refund_row(self.ids[name], facts) for name, facts in self.refunds]
        bulk.upsert(
            Refund,
            sorted(refunds, key=repr),
            key=["order_id", "external_id"],
            update=["amount", "reason", "parts"],
            # The fuller account of a refund counts; both orders of arrival end alike.
            where="(excluded.amount, excluded.parts::text) > (old.amount, old.parts::text)",
        )
        bulk.update(
            Refund,
            [{key: row[key] for key in ("order_id", "external_id", "made_at")} for row in refunds],
            key=["order_id", "external_id"],
            # Some sources date a refund by the version that tells of it: the first to tell is the nearest.
            set_=["made_at = LEAST(old.made_at, v.made_at)"],
            where="v.made_at < old.made_at",
        )
        for model in (Fulfilment, Refund):
            self._drop_guesses(model)

    def _drop_guesses(self, model: type[Fulfilment | Refund]) -> None:
        """Drop what an export only implied (`<order>-export`) where the shop system itself has told."""
        orders = {self.ids[name] for name, _ in (*self.fulfilments, *self.refunds)}
        if not orders:
            return
        found = model.objects.filter(order_id__any=orders).values_list("order_id", "pk", "external_id")
        told = {order for order, _, name in found if not name.endswith(GUESS)}
        guesses = [pk for order, pk, name in found if name.endswith(GUESS) and order in told]
        if guesses:
            model.objects.filter(pk__in=guesses).delete()

    def _write_lines(self) -> None:
        """Write the lines of the orders that changed; lines that the newest version lacks are gone."""
        rows = []
        for name, versions in self.versions.items():
            pk = self.ids[name]
            if pk in self.changed:
                newest = max(versions, key=self.version_of)
                rows += [_line_row(pk, position, line) for position, line in enumerate(newest.lines)]
        written = bulk.upsert(
            Line,
            rows,
            key=["order_id", "external_id"],
            update=[column for column in rows[0] if column not in {"order_id", "external_id"}]
            if rows
            else [],
            returning=["id"],
        )
        orders = [pk for name in self.versions if (pk := self.ids[name]) in self.changed - self.new]
        if not orders:
            return
        Line.objects.filter(order_id__any=orders).exclude(pk__any=[row[0] for row in written]).delete()


def _fill_currencies(rows: Iterable[dict[str, Any]]) -> None:
    """A source that names no currency means the store's."""
    silent = [row for row in rows if row["placed_at"] and not row["currency"]]
    if silent:
        stores = Store.objects.in_bulk({row["store_id"] for row in silent})
        for row in silent:
            row["currency"] = stores[row["store_id"]].currency


def _evidence(versions: Iterable[OrderFacts]) -> dict[str, Any]:
    versions = list(versions)
    return {
        "paid_at": min((at for v in versions if (at := rules.paid_at(v))), default=None),
        "cancelled_first_at": min((v.cancelled_at for v in versions if v.cancelled_at), default=None),
    }


def _order_row(order: OrderFacts, person: Person) -> dict[str, Any]:
    return {
        "number": order.number,
        "identity_id": person.identity_id,
        "customer_id": person.customer_id,
        "placed_at": order.placed_at,
        "currency": order.currency,
        "total": order.total,
        "subtotal": order.subtotal,
        "shipping": order.shipping,
        "tax": order.tax,
        "discount": order.discount,
        "payment_state": order.payment_state.value,
        "payment_method": order.payment_method,
        "cancelled_at": order.cancelled_at,
        "cancel_reason": order.cancel_reason,
        "deleted_at": order.deleted_at,
        "is_test": order.is_test,
        "language": order.language[:2].lower(),
        "email": order.customer.email.strip().lower(),
        "phone": order.customer.phone or order.shipping_address.phone,
        "note": order.note,
        "discount_codes": list(order.discount_codes),
        "shipping_method": order.shipping_method,
        "shipping_address": rules.address_row(order.shipping_address),
        "billing_address": rules.address_row(order.billing_address),
        "search": rules.search_text(order),
    }


def _line_row(order_id: int, position: int, line: Any) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "external_id": line.external_id,
        "position": position,
        "product_external_id": line.product_id,
        "title": line.title,
        "variant": line.variant,
        "sku": line.sku,
        "image_url": line.image_url,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "total": line.total,
        "discount": line.discount,
        "tax": line.tax,
        "needs_shipping": line.needs_shipping,
    }


def _parts(parts: Iterable[PartFacts]) -> list[dict[str, Any]]:
    return [{"line": p.line_id, "quantity": p.quantity, "amount": str(p.amount)} for p in parts]


def _fulfilment_row(order_id: int, facts: FulfilmentFacts) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "external_id": facts.external_id,
        "version": rules.fulfilment_version(facts),
        "made_at": facts.at,
        "is_cancelled": facts.is_cancelled,
        "carrier": facts.carrier,
        "service": facts.service,
        "numbers": _numbers(facts.numbers),
        "urls": list(facts.urls),
        "parts": _parts(facts.parts),
    }


def _numbers(told: Iterable[str]) -> list[str]:
    """Each tracking number once. One too long to be kept is none: cut, it might become another's."""
    plain = dict.fromkeys("".join(number.split()).upper() for number in told)
    return [number for number in plain if 0 < len(number) <= LONGEST_NUMBER]


def _refund_row(order_id: int, facts: RefundFacts) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "external_id": facts.external_id,
        "made_at": facts.at,
        "amount": facts.amount,
        "reason": facts.reason,
        "parts": _parts(facts.parts),
    }
