"""Campaigns: one letter to many people on a chosen day, with a row for each of them."""

from datetime import time
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from passaparola.messages.models import Template
from passaparola.messages.rules.way import BEST
from passaparola.segments.models import Segment
from passaparola.stores.models import Member, Store

EVERYBODY: dict[str, Any] = {"all": []}
"""The condition that is true of everybody."""


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def under_way(self) -> "CampaignQuerySet":
        """Those on which there may be something to do."""
        return self.filter(scheduled_at__isnull=False, paused_at=None, cancelled_at=None, finished_at=None)

    def for_list(self) -> "CampaignQuerySet":
        return self.select_related("template", "segment").order_by(
            F("starts_at").desc(nulls_first=True), "-pk"
        )


class Campaign(models.Model):
    """One letter to a segment. Its times are its states; what it did stands with its recipients and messages."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="campaigns")
    name = models.CharField(max_length=120)
    template = models.ForeignKey(Template, models.RESTRICT, related_name="campaigns")
    other = models.ForeignKey(Template, models.RESTRICT, null=True, related_name="+")
    """The same letter in the other wording."""
    channel = models.CharField(max_length=20, default="email")
    """How it goes out: by one channel, or `best`, where each person likes to read us."""
    segment = models.ForeignKey(Segment, models.SET_NULL, null=True, related_name="campaigns")
    """Who is meant."""
    is_for_everybody = models.BooleanField(default=True)
    """Nobody chose a segment. One whose segment was deleted is for nobody, rather than for all at once."""
    condition = models.JSONField(null=True)
    """Who was meant when it began: later changes of the segment change nothing here."""
    starts_at = models.DateTimeField(null=True)
    opens = models.TimeField(default=time(9))
    """From this hour of the recipient's own day …"""
    closes = models.TimeField(default=time(20))
    """… until this one."""
    hold_out = models.PositiveSmallIntegerField(default=0)
    trial = models.PositiveSmallIntegerField(default=0)
    """Percent that try two wordings; 0: there is one."""
    other_subject = models.JSONField(default=dict)
    """By language; what mails try."""
    other_short = models.JSONField(default=dict)
    """By language; what channels without subjects try."""
    decide_after = models.PositiveSmallIntegerField(default=4)
    """Hours from the beginning of the trial until the rest gets the better one."""

    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    scheduled_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    """When its recipients were written down."""
    decided_at = models.DateTimeField(null=True)
    winner = models.CharField(max_length=1, blank=True)
    paused_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    """When everybody was asked for; the outbox may still be sending."""
    failure = models.CharField(max_length=300, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hold_out__lte=50) & Q(trial__lte=50), name="campaign_shares"),
            models.CheckConstraint(
                condition=Q(scheduled_at=None) | Q(starts_at__isnull=False), name="campaign_has_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"],
                name="campaign_due",
                condition=Q(scheduled_at__isnull=False, cancelled_at=None, finished_at=None),
            ),
            models.Index(fields=["store", "-starts_at"], name="campaign_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked_by(self) -> str:
        """How its messages say who asked for them."""
        return f"campaign:{self.pk}"

    @property
    def has_letter(self) -> bool:
        """Some of it goes by mail, so that there is a letter to read as a page."""
        return self.channel in {"email", BEST}

    @property
    def has_text(self) -> bool:
        """Some of it goes by channels that have room for a line or two only."""
        return self.channel != "email"

    @property
    def meaning(self) -> Any:
        """The tree that says who is meant, as it stands now; None where its segment is gone."""
        if self.segment is not None:
            return self.segment.condition
        return EVERYBODY if self.is_for_everybody else None

    @property
    def state(self) -> str:
        """One word: `draft`, `scheduled`, `running`, `paused`, `cancelled` or `finished`."""
        # What waits of one that asked for everybody can be paused as well.
        for state in ("cancelled", "paused", "finished"):
            if getattr(self, f"{state}_at"):
                return state
        if self.started_at:
            return "running"
        return "scheduled" if self.scheduled_at else "draft"


class Recipient(models.Model):
    """One person of one campaign, also those who get nothing on purpose."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="recipients", db_index=False)
    customer_id = models.BigIntegerField()
    """No foreign key: a million rows are written at once, and erasing a person leaves a number of nobody."""
    arm = models.CharField(max_length=1)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "customer_id"], name="recipient_once")]
        indexes = [
            models.Index(
                fields=["campaign", "id"],
                name="recipient_waiting",
                condition=Q(asked_at=None) & ~Q(arm="h"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} of {self.campaign_id}"
