"""A campaign goes on by itself, one short transaction after the other, on any number of workers.

First everybody who is meant is written down, in one statement; then their messages are asked for in batches,
together with the note that they were. A worker that dies loses its own batch only, and that is asked for again:
the messages' keys make it harmless.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import DataError, ProgrammingError, connection, transaction

from passaparola.campaigns.asking import wanted_of
from passaparola.campaigns.lots import lot
from passaparola.campaigns.meaning import NobodyError, meant_by
from passaparola.campaigns.models import Campaign, Recipient
from passaparola.campaigns.queries import orders_after, trial_done_at
from passaparola.campaigns.rules.arms import ONE, OTHER, REST
from passaparola.campaigns.rules.effect import better
from passaparola.campaigns.rules.window import next_in_window
from passaparola.customers.models import Customer
from passaparola.messages import actions as messages
from passaparola.messages.models import Template, TemplateVersion
from passaparola.messages.zones import zone_of
from passaparola.segments.rules import sql

logger = logging.getLogger(__name__)
BATCH = 1_000
LOOK_EVERY = timedelta(minutes=1)
_looked: dict[int, datetime] = {}
LONGEST_TRIAL = timedelta(days=3)
"""After so long the rest gets its letter whatever the trial still waits for."""


def advance(now: datetime) -> int:
    """Do one step of one campaign; return how many people were dealt with, 0 where nothing is to do."""
    with transaction.atomic():
        due = Campaign.objects.under_way().filter(starts_at__lte=now).order_by("starts_at", "pk")
        for campaign in due.select_for_update(skip_locked=True, of=("self",)).select_related(
            "store", "template", "segment"
        ):
            done = _step(campaign, now)
            if done:
                return done
    return 0


def _step(campaign: Campaign, now: datetime) -> int:
    if campaign.started_at is None:
        return _write_down(campaign, now)
    if campaign.trial and not campaign.decided_at and _is_decided(campaign, now):
        return 1
    return _ask(campaign, now)


def _write_down(campaign: Campaign, now: datetime) -> int:
    """Write down everybody who is meant, and which of the letters each gets."""
    tree = campaign.meaning
    try:
        condition = meant_by(campaign)
    except NobodyError as error:
        Campaign.objects.filter(pk=campaign.pk).update(paused_at=now, failure=str(error)[:300])
        return 1
    store = campaign.store
    scope = sql.scope_for_everybody(
        store_id=store.pk, store_country=store.country, zone=store.zone.key, now=now
    )
    lots = (f"{lot(campaign, name)} AS {name}" for name in ("hold", "trial"))
    people = sql.statement(condition, scope, columns=("c.id AS customer_id", *lots))
    trial = campaign.trial
    with _or_paused(campaign, now), transaction.atomic(), connection.cursor() as cursor:
        # One statement for everybody: a million people are written down in seconds, and none twice.
        cursor.execute(
            f"""
            INSERT INTO campaigns_recipient (campaign_id, customer_id, arm)
            SELECT {campaign.pk:d}, p.customer_id,
                   CASE WHEN p.hold < {campaign.hold_out * 100:d} THEN 'h'
                        WHEN {trial:d} = 0 OR p.trial < {trial * 50:d} THEN 'a'
                        WHEN p.trial < {trial * 100:d} THEN 'b' ELSE 'r' END
              FROM ({people}) p ORDER BY p.customer_id
            ON CONFLICT DO NOTHING
            """,
            scope.params,
        )
        found = int(cursor.rowcount)
    if campaign.paused_at is not None:
        return 1
    other = _in_other_words(campaign, now) if trial else None
    Campaign.objects.filter(pk=campaign.pk).update(started_at=now, condition=tree, other=other)
    return found or 1


@contextmanager
def _or_paused(campaign: Campaign, now: datetime) -> Iterator[None]:
    """Pause one that the database can't answer: else the campaigns of all other shops would wait behind it."""
    try:
        yield
    except (DataError, ProgrammingError) as error:
        logger.exception("Who campaign %s is for can't be asked.", campaign.pk)
        campaign.paused_at, campaign.failure = now, str(error).partition("\n")[0][:300]
        campaign.save(update_fields=["paused_at", "failure"])


def _in_other_words(campaign: Campaign, now: datetime) -> Template:
    """Return the same letter in the other wording, as a letter of its own that nobody else is offered."""
    live = campaign.template.versions.live().first()
    texts = dict(live.texts) if live else {}
    changed = {
        language: document
        | {"subject": campaign.other_subject.get(language) or document["subject"]}
        | {"short": campaign.other_short.get(language) or document.get("short", "")}
        for language, document in texts.items()
    }
    template, _made = Template.objects.get_or_create(
        store=campaign.store,
        key=f"campaign-{campaign.pk}-b",
        defaults={"kind": campaign.template.kind, "name": campaign.name, "archived_at": now},
    )
    TemplateVersion.objects.get_or_create(
        template=template, number=1, defaults={"texts": changed, "made_at": now, "live_at": now}
    )
    return template


def _is_decided(campaign: Campaign, now: datetime) -> bool:
    """Choose the better wording when its time has come: by who bought, never by who opened."""
    started, wait = campaign.started_at, timedelta(hours=campaign.decide_after)
    if started is None or now < started + wait or not _may_look(campaign, now):
        return False
    done = trial_done_at(campaign)
    if done is not None and now < min(done + wait, started + LONGEST_TRIAL):
        return False
    groups = orders_after(campaign, now=now)
    winner = better(groups[ONE], groups[OTHER])
    Campaign.objects.filter(pk=campaign.pk).update(winner=winner, decided_at=now)
    return True


def _may_look(campaign: Campaign, now: datetime) -> bool:
    """Let a process count a trial once a minute: it may be a hundred thousand people's."""
    last = _looked.get(campaign.pk)
    if last is not None and timedelta() <= now - last < LOOK_EVERY:
        return False
    _looked[campaign.pk] = now
    return True


def _ask(campaign: Campaign, now: datetime) -> int:
    """Ask for the next batch's messages."""
    waiting = Recipient.objects.filter(campaign=campaign, asked_at=None, arm__in=_ready(campaign)).order_by(
        "id"
    )
    batch = list(waiting.values_list("pk", "customer_id", "arm")[:BATCH])
    if not batch:
        if not campaign.trial or campaign.decided_at:
            Campaign.objects.filter(pk=campaign.pk).update(finished_at=now)
            return 1
        return 0
    zones = _zones(campaign, [customer for _, customer, _ in batch])
    wanted = [
        wanted_of(campaign, customer, arm, at=next_in_window(now, zone, campaign.opens, campaign.closes))
        for _, customer, arm in batch
        if (zone := zones.get(customer)) is not None  # erased or merged away since: nobody to write to
    ]
    messages.ask(wanted, now=now)
    Recipient.objects.filter(pk__in=[pk for pk, _, _ in batch]).update(asked_at=now)
    return len(batch)


def _ready(campaign: Campaign) -> list[str]:
    return [ONE, OTHER, REST] if campaign.decided_at else [ONE, OTHER]


def _zones(campaign: Campaign, customers: list[int]) -> dict[int, ZoneInfo]:
    rows = Customer.objects.filter(pk__in=customers, store=campaign.store_id, erased_at=None)
    return {
        pk: zone_of(zone, country, campaign.store.time_zone)
        for pk, zone, country in rows.values_list("pk", "time_zone", "country")
    }
