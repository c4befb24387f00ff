"""How a shop wants to speak: tried first, kept when its owner says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from passaparola.kernel import loops
from passaparola.messages.actions.ask import DOORBELL
from passaparola.messages.models import WAITING, Message, SpeakingPolicy
from passaparola.messages.policies import policy_from
from passaparola.messages.rules.policy import CAPS, Policy
from passaparola.stores.models import Member, Store

KEPT = ("caps", "guards", "repeat_days", "gather_minutes", "changed_at", "changed_by")

BY_POLICY = ("quiet_hours", "own_day", "trouble_open", "calm_after", *(f"cap_{cap.name}" for cap in CAPS))
"""Reasons to wait that another policy may not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A policy as somebody typed it; a name without numbers is switched off."""

    quiet_from: time
    quiet_until: time
    caps: Mapping[str, tuple[int, int] | None]
    guards: Mapping[str, int | None]
    repeat_days: int
    gather_minutes: int

    def as_policy(self) -> Policy:
        """Return it as the rules take it, without keeping it."""
        store = Store(quiet_from=self.quiet_from, quiet_until=self.quiet_until)
        return policy_from(store, self.as_row(store))

    def as_row(self, store: Store) -> SpeakingPolicy:
        return SpeakingPolicy(
            store=store,
            caps=dict(self.caps),
            guards=dict(self.guards),
            repeat_days=self.repeat_days,
            gather_minutes=self.gather_minutes,
        )


@transaction.atomic
def keep_policy(store: Store, *, chosen: Chosen, by: Member | None, now: datetime) -> SpeakingPolicy:
    """Speak like this from now on: what waits for the policy of before is asked again at once, under the new one."""
    store.quiet_from, store.quiet_until = chosen.quiet_from, chosen.quiet_until
    store.save(update_fields=["quiet_from", "quiet_until"])
    row = chosen.as_row(store)
    row.changed_at, row.changed_by = now, by
    kept = {name: getattr(row, name) for name in KEPT}
    made = SpeakingPolicy.objects.update_or_create(store=store, defaults=kept)[0]
    waiting = Message.objects.filter(WAITING, store=store, claimed_at=None, due_at__gt=now)
    if waiting.filter(reason__in=BY_POLICY).update(due_at=now):
        loops.ring(DOORBELL)
    return made
