"""Giving money back through the shop system: asked by the team, told by a worker, exactly once."""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from passaparola.inbound.models import Connection
from passaparola.kernel.http.client import Client, outgoing
from passaparola.kernel.http.errors import RequestError
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.giving_back import NotGivenError, Wish, complete, give_back
from passaparola.orders.models import Order
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.settle import refunded
from passaparola.returns.actions.steps import TEAM, check, locked, may, not_being_given
from passaparola.returns.models import GivingBack, Return
from passaparola.returns.rules.policy import Resolution
from passaparola.returns.rules.states import State
from passaparola.stores.models import Member

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
"""So long nobody else tells it: far longer than the client waits for the answers to one wish. So it is one wish that
is claimed, not a batch: behind a slow shop system the last of a batch would be told by two at once."""
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
"""Before it is told again after no answer; then somebody has to look."""


def through(order: Order) -> Connection | None:
    """Return the connection through which money of this order can be given back; None where it is not switched on.

    It is switched on by what the owner gives for it, and off until then.
    """
    found = (
        Connection.objects.open().filter(store=order.store_id, role="connector", source=order.source).first()
    )
    connector = CONNECTORS.get(found.kind) if found else None
    if found is None or connector is None or not connector.gives_back:
        return None
    return found if complete(connector.settings, found.given()) else None


@transaction.atomic
def ask_shop(filed: Return, *, by: Member | None, now: datetime) -> GivingBack:
    """Ask the shop system to give back what this return gives; asked again after a no, it is the same wish."""
    filed = locked(filed)
    check(filed, State.REFUNDED)
    connection = through(filed.order) if filed.inspected_at or filed.is_kept else None
    if connection is None or Resolution(filed.resolution) is not Resolution.REFUND or not filed.amount:
        raise CannotError(_("The shop system can’t give this back: do it there, or note it by hand."))
    asked, is_new = GivingBack.objects.get_or_create(
        filed=filed,
        defaults={
            "connection": connection,
            "key": uuid4(),
            "amount": filed.amount,
            "asked_at": now,
            "by": by,
        },
    )
    if not is_new:
        not_being_given(filed)
    asked.connection, asked.amount, asked.by = connection, filed.amount, by
    asked.due_at, asked.tries, asked.problem = now, 0, ""
    asked.save()
    return asked


def give_back_due(*, now: datetime, client: Client | None = None) -> int:
    """Tell what has been due longest; return how many. What is being told is held by a lease, not by a lock."""
    with transaction.atomic():
        due = GivingBack.objects.due(now).select_for_update(skip_locked=True).first()
        if due is None:
            return 0
        due.due_at = now + LEASE
        due.save(update_fields=["due_at"])
    _tell(due.pk, client or outgoing(), now)
    return 1


def _tell(pk: int, client: Client, now: datetime) -> None:
    one = GivingBack.objects.select_related("filed__order", "filed__store", "connection").get(pk=pk)
    if not may(
        one.filed, State.REFUNDED
    ):  # meanwhile the shop's own webhook told that it was given, by whomever
        GivingBack.objects.filter(pk=pk).update(due_at=None, problem="")
        return
    wish = Wish(
        order=one.filed.order.external_id,
        number=one.filed.order.number,
        key=str(one.key),
        note=f"{one.filed.number} {str(one.key)[:8]}",  # in no language: it must stay the same
        amount=one.amount,
        currency=one.filed.currency,
    )
    with translation.override(one.filed.store.language):  # its team reads what the shop system says
        _talk(one, wish, client, now)


def _talk(one: GivingBack, wish: Wish, client: Client, now: datetime) -> None:
    connector = CONNECTORS[one.connection.kind]
    if through(one.filed.order) != one.connection:
        _keep(one, problem=_("The shop system was disconnected before it was asked."), due_at=None)
        return
    try:
        found = give_back(connector.give_back(wish, one.connection.given()), client=client)
    except NotGivenError as error:
        _keep(one, problem=str(error), due_at=None)
    except RequestError as error:
        if error.is_permanent:  # it never left, and never will
            _keep(one, problem=str(error), due_at=None)
            return
        later = now + PAUSES[one.tries] if one.tries < len(PAUSES) else None
        nobody_knows = _("Look at the order there before you give it by hand: it may have been given.")
        _keep(one, problem=str(error) if later else f"{error} {nobody_knows}", due_at=later)
    else:
        _given(one, found, now)


def _keep(one: GivingBack, *, problem: str, due_at: datetime | None) -> None:
    GivingBack.objects.filter(pk=one.pk).update(problem=problem[:400], due_at=due_at, tries=one.tries + 1)


@transaction.atomic
def _given(one: GivingBack, external_id: str, now: datetime) -> None:
    """Note it; the shop's own webhook about it, before or after, is matched with the return and counted once."""
    filed = locked(one.filed)
    GivingBack.objects.filter(pk=one.pk).update(
        given_at=now, external_id=external_id[:120], due_at=None, problem=""
    )
    if may(filed, State.REFUNDED):
        refunded(filed, now=now, who=TEAM, by=one.by)
