"""The customer gets what was agreed: money, credit, or a thing."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from passaparola.orders.models import Refund
from passaparola.returns.actions.amounts import count_again
from passaparola.returns.actions.send import new_parcel
from passaparola.returns.actions.steps import SHOP, TEAM, check, locked, may, not_being_given, take
from passaparola.returns.models import GivingBack, Return
from passaparola.returns.rules.matching import Candidate, match
from passaparola.returns.rules.policy import Resolution
from passaparola.returns.rules.states import State
from passaparola.stores.models import Member


@transaction.atomic
def refund(filed: Return, *, by: Member | None, now: datetime, words: str = "") -> Return:
    """Note by hand that the money was given back, or the credit made out (`words` holds its code).

    The shop's own word about it, coming later, is matched with it and counted once.
    """
    filed = locked(filed)
    check(filed, State.REFUNDED)
    not_being_given(filed)
    if not Resolution(filed.resolution).is_money:  # agreed otherwise in the end
        filed.resolution = Resolution.REFUND
        count_again(filed, now=now)
    refunded(filed, now=now, who=TEAM, by=by, words=words)
    return filed


def refunded(filed: Return, *, now: datetime, who: str, by: Member | None = None, words: str = "") -> None:
    """Bring a locked, checked return to its refund, and to its end."""
    filed.check_at = None
    told: dict[str, Any] = {"amount": str(filed.amount + filed.bonus)}
    take(filed, State.REFUNDED, now=now, who=who, by=by, words=words.strip()[:200], **told)
    take(filed, State.CLOSED, now=now, who=who, by=by)


@transaction.atomic
def exchange(
    filed: Return, *, by: Member | None, now: datetime, words: str = "", carrier: str = "", number: str = ""
) -> Return:
    """Note that the new or mended thing is on its way; with its tracking number both sides can follow it."""
    filed = locked(filed)
    check(filed, State.EXCHANGED)
    not_being_given(filed)
    if number.strip():
        new_parcel(filed, now, carrier=carrier, number=number, is_to_customer=True, posted_at=now)
    filed.check_at = None
    take(filed, State.EXCHANGED, now=now, who=TEAM, by=by, words=words.strip()[:200])
    take(filed, State.CLOSED, now=now, who=TEAM, by=by)
    return filed


def match_refunds(refunds: Collection[int], *, now: datetime) -> int:
    """Find the returns that the shop's refunds answer, in the caller's transaction; return how many.

    A refund that fits none is a kindness of the shop's: it lowers what is left of what was paid, no more.
    """
    done = 0
    for told in (
        Refund.objects.filter(pk__in=refunds, answers=None).select_related("order").order_by("made_at", "pk")
    ):
        waiting = Return.objects.standing().filter(
            order=told.order_id, refund=None, approved_at__isnull=False, exchanged_at=None
        )
        rows = {filed.pk: filed for filed in waiting.prefetch_related("items__line")}
        asked = set(GivingBack.objects.under_way().filter(filed__in=rows).values_list("filed_id", flat=True))
        found = match(told.amount, _parts(told), [_candidate(filed, asked) for filed in rows.values()])
        if found is None:
            continue
        filed = locked(rows[found])
        filed.refund = told
        if may(filed, State.REFUNDED):
            filed.amount = min(filed.amount, told.amount)
            refunded(filed, now=min(told.made_at, now), who=SHOP)
        else:  # noted by hand before
            filed.save(update_fields=["refund"])
        done += 1
    return done


def _parts(told: Refund) -> dict[str, int]:
    return {part["line"]: int(part["quantity"]) for part in told.parts}


def _candidate(filed: Return, asked: Collection[int]) -> Candidate:
    pieces = {item.line.external_id: item.counts for item in filed.items.all()}
    gives = filed.amount if filed.gives_money else Decimal(0)
    is_noted = filed.refunded_at is not None or filed.pk in asked
    return Candidate(pk=filed.pk, amount=gives, pieces=pieces, is_noted=is_noted)
