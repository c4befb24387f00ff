"""Planning a campaign and changing one's mind: at every moment it can be held or ended."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from passaparola.campaigns.meaning import NobodyError, meant_by
from passaparola.campaigns.models import Campaign
from passaparola.campaigns.rules.beginning import is_too_short, not_then
from passaparola.campaigns.stopping import HELD
from passaparola.kernel import loops
from passaparola.messages.accounts import accounts_of, connectable
from passaparola.messages.actions import DOORBELL
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Template
from passaparola.messages.rules.values import WANTED
from passaparola.messages.rules.way import BEST
from passaparola.stores.models import Member, Store


class NotReadyError(ValueError):
    """It can't be scheduled; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def begin(store: Store, *, name: str, template: Template, by: Member | None, now: datetime) -> Campaign:
    """Begin a draft."""
    return Campaign.objects.create(store=store, name=name[:120], template=template, made_by=by, made_at=now)


@transaction.atomic
def schedule(campaign: Campaign, *, now: datetime) -> None:
    """Let it begin at its time. NotReadyError where it could not be sent."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != "draft":
        raise NotReadyError("not_a_draft")
    if campaign.starts_at is None:
        raise NotReadyError("no_time")
    if not campaign.template.versions.live().exists():
        raise NotReadyError("not_published")
    if problem := _wording_missing(campaign) or _closed(campaign) or _no_time_for_it(campaign, now):
        raise NotReadyError(problem)
    try:
        meant_by(campaign)
    except NobodyError as error:
        raise NotReadyError("segment_unreadable") from error
    Campaign.objects.filter(pk=campaign.pk).update(scheduled_at=now, failure="")


def _wording_missing(campaign: Campaign) -> str:
    """Return what the other half of a trial could not be written with; empty where nothing is missing."""
    languages = _languages(campaign) if campaign.trial else []
    if campaign.has_letter and not all(campaign.other_subject.get(name) for name in languages):
        return "no_other_subject"
    if campaign.has_text and not all(campaign.other_short.get(name) for name in languages):
        return "no_other_text"
    return ""


def _closed(campaign: Campaign) -> str:
    """Return why nothing could go out by its channel; empty where it can."""
    if campaign.channel in {"email", BEST}:
        return ""
    account = accounts_of([campaign.store_id]).get((campaign.store_id, campaign.channel))
    if account is None:
        return "not_connected"
    is_owed = KINDS[campaign.template.kind].purpose not in WANTED
    kind = connectable()[campaign.channel]
    return "" if kind.may_open(account, is_window_open=False, is_owed=is_owed) else "no_approved_template"


def _no_time_for_it(campaign: Campaign, now: datetime) -> str:
    """Return what is wrong with its moment or its hours: a draft may be older than what its form refuses now."""
    if campaign.starts_at is not None and (problem := not_then(campaign.starts_at, now)):
        return problem
    return "no_hours" if is_too_short(campaign.opens, campaign.closes) else ""


def _languages(campaign: Campaign) -> list[str]:
    live = campaign.template.versions.live().first()
    return list(live.texts) if live else []


def unschedule(campaign: Campaign) -> bool:
    """Make it a draft again, as long as it has not begun; tell whether it was in time."""
    waiting = Campaign.objects.filter(pk=campaign.pk, started_at=None, cancelled_at=None)
    return bool(waiting.update(scheduled_at=None))


def throw_away(campaign: Campaign) -> bool:
    """Delete a draft; tell whether it was one."""
    drafts = Campaign.objects.filter(pk=campaign.pk, scheduled_at=None, started_at=None, cancelled_at=None)
    return bool(drafts.delete()[0])


@transaction.atomic
def pause(campaign: Campaign, *, now: datetime) -> None:
    """Ask for no more, and hold what waits. What is on its way to the mail server this second still goes."""
    _lock(campaign)
    Campaign.objects.filter(pk=campaign.pk, paused_at=None, cancelled_at=None).update(paused_at=now)
    _to_waiting(
        campaign,
        "due_at = %(until)s, deferred_at = %(now)s, reason = 'campaign_paused', reason_data = '{}'",
        until=now + HELD,
        now=now,
    )


@transaction.atomic
def resume(campaign: Campaign, *, now: datetime) -> None:
    """Go on. What was held is decided on again: some of it may no longer be worth sending."""
    _lock(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(paused_at=None)
    _to_waiting(
        campaign, "due_at = greatest(not_before, %(now)s)", now=now, where="reason = 'campaign_paused'"
    )
    loops.ring(DOORBELL)


@transaction.atomic
def cancel(campaign: Campaign, *, now: datetime) -> None:
    """End it: nobody more is written to, and everybody who was not has a row that says so."""
    _lock(campaign)
    Campaign.objects.filter(pk=campaign.pk, cancelled_at=None).update(cancelled_at=now, paused_at=None)
    _to_waiting(campaign, "dropped_at = %(now)s, reason = 'campaign_cancelled', reason_data = '{}'", now=now)


def _lock(campaign: Campaign) -> None:
    """Wait for a worker that is asking for its messages right now, so that none slips through."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)


def _to_waiting(campaign: Campaign, change: str, *, where: str = "true", **values: Any) -> None:
    """Change the campaign's messages that wait: one statement, also for a million."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE outgoing_message SET {change}
             WHERE store_id = %(store)s AND asked_at >= %(since)s AND purpose <> 'transactional'
               AND asked_by = %(asked_by)s AND sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL
               AND claimed_at IS NULL AND {where}
            """,
            values | {"store": campaign.store_id, "asked_by": campaign.asked_by, "since": campaign.made_at},
        )
