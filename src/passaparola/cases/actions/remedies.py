"""Making good again: granted once, by whoever may, within the month's budget."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.cases import models
from passaparola.cases.actions.rank import rank_again
from passaparola.cases.events import RemedyGranted
from passaparola.cases.remedy import REMEDIES
from passaparola.cases.rules.ladder import No, refusal, suggested
from passaparola.cases.standing import standing_of
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.stores.models import Member, Store


class NotGrantedError(Exception):
    """It may not be granted; the sentence says why."""


def sentence(no: No) -> str:
    """Say why a remedy may not be granted."""
    return {
        No.ALREADY_SORRY: _(
            "We have said sorry once already. A second time would be an excuse: give something, or nothing."
        ),
        No.NOT_FOR_THIS: _("This does not fit what went wrong."),
        No.FOR_OWNERS: _("Only an owner of the shop can decide this."),
        No.OVER_LIMIT: _("This is more than customer care may give at once. Ask an owner."),
        No.OVER_BUDGET: _("This month’s budget for making good is used up."),
    }[no]


def grant(
    case: models.Case,
    *,
    remedy: str,
    by: Member,
    is_owner: bool,
    amount: Decimal | None = None,
    code: str = "",
    words: str = "",
    tells: bool = True,
    seen: int | None = None,
    now: datetime,
) -> models.Remedy:
    """Grant a remedy; `amount` counts only where it may be chosen. Raises NotGrantedError.

    `seen`: how many were granted when this person looked. Where it is more by now (a second click, a colleague at
    the same case), they look again before a customer is given the same thing twice. The store's row is locked: two
    people can't spend the last of the budget at the same time.
    """
    kind = REMEDIES[remedy]
    with transaction.atomic():
        Store.objects.select_for_update().get(pk=case.store_id)
        held = (
            models.Case.objects.select_for_update(of=("self",))
            .select_related("store", "order")
            .get(pk=case.pk)
        )
        if held.closed_at:
            raise NotGrantedError(_("This case is closed."))
        if seen is not None and held.remedies.count() != seen:
            raise NotGrantedError(
                _("Something was granted here just now. Look at it, then decide whether it needs more.")
            )
        standing = standing_of(held, is_owner=is_owner, now=now)
        costs = suggested(kind, standing)
        if kind.cost == "chosen" and amount is not None:
            costs = max(amount, Decimal(0))
        if (no := refusal(kind, standing, amount=costs)) is not None:
            raise NotGrantedError(sentence(no))
        granted = models.Remedy.objects.create(
            store=held.store,
            case=held,
            kind=kind.key,
            amount=costs,
            code=code,
            words=words,
            granted_by=by,
            granted_at=now,
            tells=tells and kind.tells,
        )
        take_on(held, by=by, now=now)
        emit([_told(granted, held)], now=now)
    return granted


def _told(granted: models.Remedy, case: models.Case) -> RemedyGranted:
    return RemedyGranted(
        store_id=case.store_id,
        happened_at=granted.granted_at,
        key=f"remedy:{granted.pk}",
        customer_id=case.customer_id,
        order_id=case.order_id,
        subject_id=case.pk,
        remedy=granted.kind,
        amount=str(granted.amount.normalize()) if granted.amount else "",
        code=granted.code,
        words=granted.words,
        tells=granted.tells,
    )


def apologised(orders: Collection[int], *, now: datetime) -> None:
    """A letter that says sorry was sent about these orders: it was the one apology of their open cases."""
    cases = models.Case.objects.open().filter(order__in=orders)
    rows = [
        {
            "store_id": store,
            "case_id": pk,
            "kind": "apologise",
            "amount": 0,
            "code": "",
            "words": "",
            "granted_at": now,
            "tells": False,
        }
        for pk, store in cases.values_list("pk", "store_id")
    ]
    bulk.upsert(models.Remedy, rows, key=["case_id"], index_where="kind = 'apologise'")


def take_on(case: models.Case, *, by: Member, now: datetime) -> None:
    """Whoever does something about a case nobody has takes it on; for a while it presses less."""
    case.owner = case.owner or by
    case.looked_at = now
    case.save(update_fields=["owner", "looked_at"])
    rank_again([case.pk], now=now)


def assign(case: models.Case, *, to: Member | None, now: datetime) -> None:
    """Give a case to somebody of the team, or back to everybody: then nobody has it in hand."""
    case.owner = to
    case.looked_at = now if to else None
    case.save(update_fields=["owner", "looked_at"])
    rank_again([case.pk], now=now)


def note(case: models.Case, *, words: str, by: Member, now: datetime) -> models.Note:
    """Write something down about a case, for the team alone."""
    with transaction.atomic():
        take_on(case, by=by, now=now)
        return models.Note.objects.create(case=case, by=by, words=words, written_at=now)


def set_budget(store: Store, *, monthly: Decimal, agent_limit: Decimal) -> None:
    models.RemedyBudget.objects.update_or_create(
        store=store, defaults={"monthly": monthly, "agent_limit": agent_limit}
    )
