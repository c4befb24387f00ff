"""From a shop's rows to the policy that the rules take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from passaparola.messages.models import SpeakingPolicy
from passaparola.messages.rules.policy import CAPS, GUARDS, Cap, Guard, Policy
from passaparola.stores.models import Store


def stores_with_policies(ids: Collection[int]) -> tuple[dict[int, Store], dict[int, Policy]]:
    """Return shops with the policy of each, in one statement."""
    stores = Store.objects.select_related("speaking_policy").in_bulk(ids)
    return stores, {pk: policy_of(store) for pk, store in stores.items()}


def policy_of(store: Store) -> Policy:
    return policy_from(store, getattr(store, "speaking_policy", None))


def policy_from(store: Store, row: SpeakingPolicy | None) -> Policy:
    """Return the policy of a shop that set these; what it never set stays as everybody starts."""
    if row is None:
        return Policy(quiet_from=store.quiet_from, quiet_until=store.quiet_until)
    return Policy(
        quiet_from=store.quiet_from,
        quiet_until=store.quiet_until,
        caps=tuple(cap for one in CAPS if (cap := _cap(one, row.caps))),
        guards=tuple(guard for one in GUARDS if (guard := _guard(one, row.guards))),
        is_paused=row.paused_at is not None,
        repeat_days=row.repeat_days,
        gather_minutes=row.gather_minutes,
    )


def _cap(start: Cap, own: Mapping[str, Sequence[int] | None]) -> Cap | None:
    set_ = own.get(start.name, [start.most, start.days])
    return replace(start, most=set_[0], days=set_[1]) if set_ else None


def _guard(start: Guard, own: Mapping[str, int | None]) -> Guard | None:
    days = own.get(start.name, start.calm_days)
    return None if days is None else replace(start, calm_days=days)
