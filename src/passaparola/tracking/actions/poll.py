"""Asking carriers: claiming what is due, asking with no transaction open, keeping what was heard."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from passaparola.inbound.models import Connection
from passaparola.kernel.http.client import Client, outgoing
from passaparola.kernel.limits import take
from passaparola.tracking.actions.record import record_trackers
from passaparola.tracking.asking import Heard, ask
from passaparola.tracking.carrier import CARRIERS
from passaparola.tracking.models import Scan, Tracker
from passaparola.tracking.rules.poll import next_poll
from passaparola.tracking.rules.status import status_of
from passaparola.tracking.values import scan_facts

log = logging.getLogger(__name__)

BATCH = 10
"""Numbers claimed at once for one connection: a worker that is told to stop finishes them first."""
PER_MINUTE = 60
"""Questions to one carrier, of all shops and workers together."""
LEASE = timedelta(minutes=10)
"""Longer than a batch can take. If a worker dies, what it had claimed is asked about after that."""
PATIENCE = 2
"""So many questions in a row that nobody answers, and the carrier is left alone for a while."""
UNREACHABLE = timedelta(minutes=5)
OWN_SERVER = "address"
"""A kind that asks for this talks to another server for each shop."""
OURS = gettext_noop("We could not make sense of the answer: the fault is ours.")

GIVEN_UP = gettext_noop("Nothing is new for weeks: it is not asked any more.")


@dataclass(frozen=True, slots=True)
class Claimed:
    pk: int
    number: str
    until: datetime
    """While the tracker says so it is ours."""


def ask_carriers(now: datetime, *, client: Client | None = None) -> int:
    """Ask about some numbers whose time has come, of one shop and carrier; return how many, 0 for none.

    Any number of workers may do this at once. No transaction is open while a carrier takes its time.
    """
    client = client or outgoing()
    for connection in _connected(now):
        with translation.override(connection.store.language):  # sentences for this shop's team
            if asked := _ask_one_carrier(connection, client, now):
                return asked
    return 0


def _connected(now: datetime) -> list[Connection]:
    """Return the connections with numbers due, the one that was asked longest ago first: all take turns.

    A carrier connected twice is asked with what was given last. One that also posts webhooks can be
    connected without giving anything to ask with: then it isn't asked.
    """
    due = Tracker.objects.due(store=OuterRef("store"), carrier=OuterRef("kind"), now=now)
    found = (
        Connection.objects.open()
        .filter(role="carrier", kind__in=[key for key, kind in CARRIERS.items() if kind.answers_polls])
        .filter(Exists(due))
        .select_related("store")
        .order_by("-pk")
    )
    newest: dict[tuple[int, str], Connection] = {}
    for connection in found:
        if all(connection.given().get(name) for name in CARRIERS[connection.kind].settings):
            newest.setdefault((connection.store_id, connection.kind), connection)
    ready = [one for one in newest.values() if one.paused_until is None or one.paused_until <= now]
    return sorted(ready, key=lambda one: (one.asked_at is not None, one.asked_at, one.pk))


def _ask_one_carrier(connection: Connection, client: Client, now: datetime) -> int:
    claimed = _claim(connection, now)
    unanswered, has_answered = 0, False
    for place, one in enumerate(claimed):
        heard = _heard(connection, one.number, client, now)
        _keep(connection, one, heard, now)
        has_answered = has_answered or not heard.is_failure
        unanswered = unanswered + 1 if heard.is_unreachable else 0
        if heard.pause or unanswered >= PATIENCE:
            _give_back(claimed[place + 1 :], now)
            until = now + (heard.pause or UNREACHABLE)
            _leave_alone(connection, is_down=heard.is_unreachable, until=until)
            break
    if has_answered:
        Connection.objects.filter(pk=connection.pk).update(last_heard_at=now)
    return len(claimed)


@transaction.atomic
def _claim(connection: Connection, now: datetime) -> list[Claimed]:
    """Take some numbers as ours by moving their time ahead; as many as the carrier may be asked now."""
    due = Tracker.objects.due(store=connection.store_id, carrier=connection.kind, now=now)
    wanted = due[:BATCH].count()
    every = timedelta(minutes=1)
    granted = take("ask", connection.kind, wanted=wanted, most=PER_MINUTE, per=every, now=now)
    rows = list(due.select_for_update(skip_locked=True).values_list("pk", "key")[:granted])
    until = now + LEASE
    Tracker.objects.filter(pk__in=[pk for pk, _ in rows]).update(poll_due_at=until)
    Connection.objects.filter(pk=connection.pk).update(asked_at=now)
    return [Claimed(pk, key, until) for pk, key in rows]


def _heard(connection: Connection, number: str, client: Client, now: datetime) -> Heard:
    try:
        return ask(CARRIERS[connection.kind], number, connection.given(), client=client, now=now)
    except Exception:
        log.exception("What %s answered about a number could not be read.", connection.kind)
        return Heard(reason=gettext(OURS), is_failure=True)


def _keep(connection: Connection, one: Claimed, heard: Heard, now: datetime) -> None:
    """Keep what was heard and when to ask again; what can't be recorded must not hold up the others."""
    try:
        with transaction.atomic():
            if heard.facts:
                record_trackers([(connection.store_id, heard.facts)], now=now)
            _schedule(one, heard, now)
    except OperationalError:
        raise  # another worker in the way, or no database: asked again when the lease ends
    except Exception:
        log.exception("What %s told about tracker %s could not be recorded.", connection.kind, one.pk)
        with transaction.atomic():
            _schedule(one, Heard(reason=gettext(OURS), is_failure=True), now)


def _schedule(one: Claimed, heard: Heard, now: datetime) -> None:
    tracker = Tracker.objects.select_for_update().filter(pk=one.pk).first()
    if tracker is None or tracker.poll_due_at not in {one.until, None}:
        return  # somebody has said meanwhile that another carrier has it
    if heard.is_failure:
        tracker.poll_failures = min(tracker.poll_failures + 1, 1000)
    elif not heard.pause:
        tracker.poll_failures = 0
    tracker.first_polled_at = tracker.first_polled_at or now
    status = status_of(scan_facts(scan) for scan in Scan.objects.filter(tracker=tracker))
    again = next_poll(
        status,
        now=now,
        asked_since=tracker.first_polled_at,
        is_final=tracker.is_final,
        failures=tracker.poll_failures,
        spread=crc32(tracker.key.encode()) / 2**32,
    )
    is_given_up = again is None and not tracker.is_final and not status.is_over
    if again and heard.pause and not heard.is_failure:
        again = now + heard.pause
    tracker.polled_at, tracker.poll_due_at = now, again
    tracker.poll_reason = f"{heard.reason} {gettext(GIVEN_UP)}".strip() if is_given_up else heard.reason
    tracker.save(
        update_fields=["first_polled_at", "polled_at", "poll_due_at", "poll_failures", "poll_reason"]
    )


def _give_back(claimed: Sequence[Claimed], now: datetime) -> None:
    for one in claimed:
        Tracker.objects.filter(pk=one.pk, poll_due_at=one.until).update(poll_due_at=now)


def _leave_alone(connection: Connection, *, is_down: bool, until: datetime) -> None:
    """Ask nothing more until then: for this shop, or for all where it would be the same for them."""
    alike = Connection.objects.filter(role="carrier", kind=connection.kind)
    asked_with = CARRIERS[connection.kind].settings
    is_same_server = OWN_SERVER not in asked_with
    if not (is_same_server and (is_down or not asked_with)):
        alike = alike.filter(pk=connection.pk)
    alike.update(paused_until=until)
