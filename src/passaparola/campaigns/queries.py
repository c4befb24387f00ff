"""What became of a campaign: set-based, from its recipients, its messages and the orders after it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from passaparola.campaigns.models import Campaign
from passaparola.campaigns.rules.arms import HELD_OUT, ONE, OTHER, REST
from passaparola.campaigns.rules.effect import Effect, Group, effect
from passaparola.messages.accounts import name_of
from passaparola.stores.models import Store

LOOKED_AT = timedelta(days=14)
"""How long after the letter an order may have to do with it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What went by one channel."""

    channel: str
    sent: int
    delivered: int
    undelivered: int
    cost: Decimal
    unpriced: int

    @property
    def name(self) -> str:
        return name_of(self.channel)

    @property
    def is_mail(self) -> bool:
        return self.channel == "email"


@dataclass(frozen=True)
class Figures:
    """One campaign in numbers."""

    meant: int = 0
    held_out: int = 0
    asked: int = 0
    sent: int = 0
    deferred: int = 0
    waiting: int = 0
    failed: int = 0
    uncertain: int = 0
    dropped: dict[tuple[str, str], int] = field(default_factory=dict)
    """Dropped, or refused by the other side: by reason, and what was waited for where it became too late."""
    bought: Group = field(default_factory=lambda: Group(0, 0))
    bought_anyway: Group = field(default_factory=lambda: Group(0, 0))
    wordings: dict[str, Group] = field(default_factory=dict)
    channels: list["Sent"] = field(default_factory=list)
    """What went by which channel, where it was not all by mail."""
    is_early: bool = False
    """The two weeks in which orders are looked at are not over."""

    @property
    def is_going_out(self) -> bool:
        """Somebody still waits for it."""
        return bool(self.waiting or self.deferred)

    @property
    def effect(self) -> Effect | None:
        """What the letter did, beside those who were held out; None where nobody was."""
        return effect(self.bought, self.bought_anyway) if self.bought_anyway.of and self.bought.of else None

    @property
    def between_wordings(self) -> Effect | None:
        one, other = self.wordings.get(ONE), self.wordings.get(OTHER)
        return effect(other, one) if one and other and one.of and other.of else None


def figures(campaign: Campaign, *, now: datetime) -> Figures:
    arms = _arms(campaign)
    states, dropped = _messages(campaign)
    groups = orders_after(campaign, now=now, of_all=True) if campaign.started_at else {}
    everyone = [groups[arm] for arm in (ONE, OTHER, REST) if arm in groups]
    by_wording = orders_after(campaign, now=now) if campaign.trial and campaign.started_at else {}
    return Figures(
        meant=sum(count for count, _ in arms.values()),
        held_out=arms.get(HELD_OUT, (0, 0))[0],
        asked=sum(asked for _, asked in arms.values()),
        dropped=dropped,
        bought=Group(sum(group.did for group in everyone), sum(group.of for group in everyone)),
        bought_anyway=groups.get(HELD_OUT, Group(0, 0)),
        wordings={arm: by_wording[arm] for arm in (ONE, OTHER) if arm in by_wording},
        channels=_channels(campaign) if campaign.has_text and campaign.started_at else [],
        is_early=campaign.started_at is not None and now < campaign.started_at + LOOKED_AT,
        **states,
    )


def going_out(store: Store, campaigns: Iterable[Campaign]) -> frozenset[str]:
    """Return how those of them are called (`asked_by`) of which messages still wait.

    Both halves read an index of what is not settled yet: their cost does not grow with what was ever sent.
    """
    names = [one.asked_by for one in campaigns if one.finished_at]
    if not names:
        return frozenset()
    waits = """SELECT asked_by FROM outgoing_message WHERE store_id = %(store)s AND asked_by = ANY(%(names)s)
                  AND sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{waits} AND claimed_at IS NULL UNION {waits} AND claimed_at IS NOT NULL",
            {"store": store.pk, "names": names},
        )
        return frozenset(name for (name,) in cursor.fetchall())


def _arms(campaign: Campaign) -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT arm, count(*), count(asked_at) FROM campaigns_recipient WHERE campaign_id = %s GROUP BY 1",
            [campaign.pk],
        )
        return {arm: (count, asked) for arm, count, asked in cursor.fetchall()}


def _messages(campaign: Campaign) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Count the messages by state: those asked for since it began, by the index of what we wanted of people."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT reason, reason_data->>'waits_for', count(sent_at), count(failed_at), count(dropped_at),
                   count(uncertain_at),
                   count(*) FILTER (WHERE deferred_at IS NOT NULL AND sent_at IS NULL AND dropped_at IS NULL
                                      AND failed_at IS NULL),
                   count(*) FILTER (WHERE deferred_at IS NULL AND sent_at IS NULL AND dropped_at IS NULL
                                      AND failed_at IS NULL)
              FROM outgoing_message WHERE store_id = %s AND asked_at >= %s AND purpose <> 'transactional'
               AND asked_by = %s
             GROUP BY 1, 2
            """,
            [campaign.store_id, campaign.started_at or campaign.made_at, campaign.asked_by],
        )
        rows = cursor.fetchall()
    names = ("sent", "failed", "uncertain", "deferred", "waiting")
    columns = (2, 3, 5, 6, 7)
    states = {name: sum(row[column] for row in rows) for name, column in zip(names, columns, strict=True)}
    dropped = {(row[0], row[1] or ""): row[3] + row[4] for row in rows if row[3] or row[4]}
    return states, dict(sorted(dropped.items(), key=lambda pair: -pair[1]))


def _channels(campaign: Campaign) -> list[Sent]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT channel, count(*), count(delivered_at),
                   count(*) FILTER (WHERE undelivered_at IS NOT NULL AND delivered_at IS NULL),
                   coalesce(sum(cost), 0), count(*) FILTER (WHERE cost IS NULL)
              FROM outgoing_message WHERE store_id = %s AND asked_at >= %s AND purpose <> 'transactional'
               AND asked_by = %s AND sent_at IS NOT NULL
             GROUP BY channel ORDER BY 2 DESC
            """,
            [campaign.store_id, campaign.started_at, campaign.asked_by],
        )
        return [Sent(*row) for row in cursor.fetchall()]


def orders_after(campaign: Campaign, *, now: datetime, of_all: bool = False) -> dict[str, Group]:
    """Return by arm how many of those written to ordered within two weeks of their letter.

    `of_all` counts everybody who was meant, from the beginning on, whether their letter went out or not: those
    held out were never asked for their consent either, and only like may be compared with like.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.arm, count(*), count(*) FILTER (WHERE EXISTS (
                     SELECT 1 FROM orders_order o
                      WHERE o.customer_id = r.customer_id AND o.placed_at > s.at
                        AND o.placed_at <= s.at + make_interval(days => %(days)s)
                        AND o.placed_at <= %(now)s AND o.cancelled_at IS NULL AND o.deleted_at IS NULL))
              FROM campaigns_recipient r
              LEFT JOIN outgoing_message m ON m.store_id = %(store)s
                    AND m.key = 'campaign:' || r.campaign_id || ':' || r.customer_id
              CROSS JOIN LATERAL (SELECT CASE WHEN %(all)s THEN %(started)s ELSE m.sent_at END AS at) s
             WHERE r.campaign_id = %(campaign)s AND s.at IS NOT NULL
             GROUP BY r.arm
            """,
            {
                "all": of_all,
                "days": LOOKED_AT.days,
                "now": now,
                "store": campaign.store_id,
                "started": campaign.started_at,
                "campaign": campaign.pk,
            },
        )
        found = {arm: Group(did, of) for arm, of, did in cursor.fetchall()}
    return {ONE: Group(0, 0), OTHER: Group(0, 0)} | found


def trial_done_at(campaign: Campaign) -> datetime | None:
    """Return when nine in ten of those who try a subject had theirs, or are expected to; None where nobody tries.

    Counted from the beginning, a trial begun in the evening would be decided before anybody's morning.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT percentile_disc(0.9) WITHIN GROUP (
                     ORDER BY coalesce(m.sent_at, m.dropped_at, m.failed_at, m.due_at, 'infinity'))
              FROM campaigns_recipient r
              LEFT JOIN outgoing_message m ON m.store_id = %s
                    AND m.key = 'campaign:' || r.campaign_id || ':' || r.customer_id
             WHERE r.campaign_id = %s AND r.arm IN ('a', 'b') AND (m.id IS NOT NULL OR r.asked_at IS NULL)
            """,
            [campaign.store_id, campaign.pk],
        )
        found: datetime | None = cursor.fetchone()[0]
    return found
