"""Recording what sources say about people, a batch at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from passaparola.customers import rules
from passaparola.customers.actions.merge import join
from passaparola.customers.events import ConsentTold
from passaparola.customers.facts import CustomerFacts
from passaparola.customers.models import Contact, Customer, Identity
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of a person: by a customer's own record, or by an order."""

    store_id: int
    source: str
    facts: CustomerFacts
    at: datetime | None = None
    """When, where the facts themselves don't say."""
    fallback_key: str = ""
    """Names somebody who left neither account nor address nor phone: the order itself."""


@dataclass(frozen=True, slots=True)
class Person:
    identity_id: int
    customer_id: int
    """The person as a whole, after merges."""


def record(told: Sequence[Told], *, now: datetime) -> list[Person]:
    """Record everything said and return, for each mention, who that is. One transaction: the caller's."""
    keys = [
        [(t.store_id, key) for key in rules.identity_keys(t.source, t.facts) or [t.fallback_key]]
        for t in told
    ]
    identities, fresh = _identify(keys)
    homes = [identities[k[0]][1] for k in keys]
    _learn(told, homes, fresh)
    _keep_contacts(told, homes)
    _join_verified(told, keys, identities, now)
    if said := list(_consents(told, homes)):
        emit(said, now=now)
    roots = dict(Customer.objects.filter(pk__any=set(homes)).values_list("pk", "merged_into"))
    return [Person(identities[k[0]][0], roots[home] or home) for k, home in zip(keys, homes, strict=True)]


def _identify(keys: Sequence[Sequence[Key]]) -> tuple[dict[Key, tuple[int, int]], dict[int, int]]:
    """Return identity id and home customer of every key, making those that are new.

    Also returns the stores of the new homes, which `_learn` writes with all that is said of them.

    Each mention proposes one new home for all its keys; proposals are used only by keys nobody had.
    """
    proposed: dict[Key, int] = {}
    fresh = iter(bulk.new_ids(Customer, len(keys)))
    for own, home in zip(keys, fresh, strict=True):
        known = next((proposed[key] for key in own if key in proposed), home)
        for key in own:
            proposed.setdefault(key, known)
    rows = [{"store_id": s, "key": k, "customer_id": home} for (s, k), home in proposed.items()]
    made = bulk.upsert(Identity, rows, key=["store_id", "key"], returning=["store_id", "customer_id"])
    found = Identity.objects.filter(
        store_id__any={s for s, _ in proposed}, key__any={k for _, k in proposed}
    ).values_list("store_id", "key", "pk", "customer_id")
    identities = {(store, key): (pk, customer) for store, key, pk, customer in found}
    return identities, {customer: store for store, customer in made}


def _new_customer(pk: int, store_id: int, known: rules.Known) -> dict[str, Any]:
    zero = {"known": known, "time_zone": "", "orders_count": 0, "spent": 0}
    return {"id": pk, "store_id": store_id} | zero | rules.columns(known)


def _learn(told: Sequence[Told], homes: Sequence[int], fresh: Mapping[int, int]) -> None:
    """Fold what was said into each home row, and into what is shown of the person it belongs to."""
    news: dict[int, list[rules.Known]] = {}
    for t, home in zip(told, homes, strict=True):
        news.setdefault(home, []).append(rules.told(t.facts, t.at))
    made = [_new_customer(pk, store, rules.combine(news.pop(pk, ()))) for pk, store in fresh.items()]
    bulk.upsert(Customer, made, key=["id"])
    if not news:
        return
    stored = Customer.objects.filter(pk__any=news).order_by("pk").select_for_update()
    rows, roots = [], set()
    for pk, merged_into, known in stored.values_list("pk", "merged_into", "known"):
        combined = rules.combine([known, *news[pk]])
        if combined == known:
            continue
        rows.append({"id": pk, "known": combined} | rules.columns(combined))
        if merged_into:
            roots.add(merged_into)
    columns = [*rules.FIELDS, "accepts_marketing", "consent_at", "consent_source", "known"]
    bulk.update(Customer, rows, key=["id"], set_=[f'"{c}" = v."{c}"' for c in columns])
    grown = Customer.objects.filter(merged_into_id__any=news).values_list("merged_into", flat=True)
    refresh(roots | {root for root in grown if root})


def refresh(roots: set[int]) -> None:
    """Show, for people made of several rows, the best of all their rows."""
    if not roots:
        return
    parts: dict[int, list[rules.Known]] = {}
    members = Customer.objects.filter(pk__in=roots) | Customer.objects.filter(merged_into__in=roots)
    for pk, merged_into, known in members.values_list("pk", "merged_into", "known"):
        parts.setdefault(merged_into or pk, []).append(known)
    rows = [{"id": root, **rules.columns(rules.combine(known))} for root, known in parts.items()]
    columns = [*rules.FIELDS, "accepts_marketing", "consent_at", "consent_source"]
    bulk.update(Customer, rows, key=["id"], set_=[f'"{c}" = v."{c}"' for c in columns])


def _keep_contacts(told: Sequence[Told], homes: Sequence[int]) -> None:
    rows = []
    for t, home in zip(told, homes, strict=True):
        if t.facts.email:
            rows.append({"customer_id": home, "kind": "email", "value": t.facts.email.strip().lower()})
        if t.facts.phone:
            value = rules.normal_phone(t.facts.phone, t.facts.country)
            rows.append({"customer_id": home, "kind": "phone", "value": value})
    bulk.upsert(Contact, rows, key=["customer_id", "kind", "value"])


def _consents(told: Sequence[Told], homes: Sequence[int]) -> Iterator[ConsentTold]:
    """Yield what was said about other channels: each word once, however often it is told."""
    for t, home in zip(told, homes, strict=True):
        for said in t.facts.elsewhere:
            answer = "yes" if said.is_given else "no"
            yield ConsentTold(
                store_id=t.store_id,
                happened_at=said.said_at,
                key=f"consent:{home}:{said.channel}:{said.said_at.astimezone(UTC).isoformat()}:{answer}",
                customer_id=home,
                channel=said.channel,
                is_given=said.is_given,
                wording=said.wording[:300],
                source=t.source,
            )


def _join_verified(
    told: Sequence[Told],
    keys: Sequence[Sequence[Key]],
    identities: dict[Key, tuple[int, int]],
    now: datetime,
) -> None:
    """An account and an address that the source verified are one person: guests become who they are."""
    verified = [
        key for t, own in zip(told, keys, strict=True) for key in own[-1:] if t.facts.email_is_verified
    ]
    Identity.objects.filter(pk__any=[identities[key][0] for key in verified], verified_at=None).update(
        verified_at=now
    )
    homes = [(own[0][0], identities[own[0]][1], identities[own[1]][1]) for own in keys if len(own) > 1]
    pairs = {(store, min(one, other), max(one, other)) for store, one, other in homes if one != other}
    join(pairs, reason="verified_email", now=now)
