"""Where people would get too much: counted from what waits, what was sent, and what is planned."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from passaparola.campaigns.meaning import NobodyError, meant_by
from passaparola.campaigns.models import Campaign
from passaparola.campaigns.willing import willing
from passaparola.messages.kind import KINDS
from passaparola.messages.rules.policy import Cap
from passaparola.segments.rules import sql
from passaparola.stores.models import Store

CROWD = 2
"""So many messages on one day are worth saying."""


def on_one_day(store: Store, day: date, planned: Sequence[Campaign], now: datetime) -> dict[int, int]:
    """Return how many people would get two, three, … messages on this day: by number, the most first."""
    start = datetime.combine(day, time(), store.zone)
    params: dict[str, Any] = {"store": store.pk, "start": start, "end": start + timedelta(days=1)}
    parts = [
        """SELECT customer_id AS id FROM outgoing_message
            WHERE store_id = %(store)s AND sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL
              AND due_at >= %(start)s AND due_at < %(end)s AND customer_id IS NOT NULL"""
    ]
    parts += [part for campaign in planned if (part := _meant(campaign, params, now))]
    with connection.cursor() as cursor:
        # One pass over everybody who is meant that day, whoever means them.
        cursor.execute(
            f"""
            SELECT n, count(*) FROM (SELECT count(*) AS n FROM ({" UNION ALL ".join(parts)}) said GROUP BY id) counted
             WHERE n >= {CROWD} GROUP BY n ORDER BY n DESC
            """,
            params,
        )
        return dict(cursor.fetchall())


def willing_of(campaign: Campaign, now: datetime) -> int:
    """Return how many of those it is for agreed to it; 0 where its segment can't be read."""
    params: dict[str, Any] = {}
    meant = _meant(campaign, params, now)
    if not meant:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({meant}) m", params)
        return int(cursor.fetchone()[0])


def over_the_cap(campaign: Campaign, cap: Cap, others: Sequence[Campaign], now: datetime) -> int:
    """Return how many of those meant will have had their share by then, so that the arbiter holds this one back."""
    at = campaign.starts_at or now
    params: dict[str, Any] = {
        "store": campaign.store_id,
        "purposes": sorted(cap.purposes),
        "since": at - cap.window,
        "at": at,
        "most": cap.most,
    }
    meant = _meant(campaign, params, now)
    if not meant:
        return 0
    parts = [
        """SELECT customer_id AS id FROM outgoing_message
            WHERE store_id = %(store)s AND purpose = ANY(%(purposes)s) AND customer_id IS NOT NULL
              AND (sent_at > %(since)s OR (sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL
                                           AND due_at > %(since)s AND due_at <= %(at)s))"""
    ]
    for other in others:
        is_before = other.starts_at and at - cap.window < other.starts_at <= at and other.pk != campaign.pk
        if is_before and KINDS[other.template.kind].purpose in cap.purposes:
            parts += filter(None, [_meant(other, params, now)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*) FROM ({meant}) m
              JOIN (SELECT id FROM ({" UNION ALL ".join(parts)}) said GROUP BY id HAVING count(*) >= %(most)s) full_
                ON full_.id = m.id
            """,
            params,
        )
        return int(cursor.fetchone()[0])


def _meant(campaign: Campaign, params: dict[str, Any], now: datetime) -> str:
    """Return the SELECT of those a campaign is for and who agreed; empty where it can't be read.

    Its values are added to `params`.
    """
    try:
        condition = meant_by(campaign)
    except NobodyError:
        return ""
    store = campaign.store
    scope = sql.Scope(store.pk, store.country, "", store.zone.key, is_for_few=False, params=params)
    scope.now = f"{scope.bind(now)}::timestamptz"
    return f"{sql.statement(condition, scope, columns=('c.id AS id',))} AND {willing(campaign, scope)}"
