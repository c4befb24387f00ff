"""The message that somebody gets of a campaign."""

from datetime import datetime

from django.conf import settings

from passaparola.campaigns.links import archive_link
from passaparola.campaigns.models import Campaign
from passaparola.campaigns.rules.arms import OTHER, REST
from passaparola.messages.actions import Wanted


def wanted_of(campaign: Campaign, customer: int, arm: str, *, at: datetime) -> Wanted:
    """Return what is asked for on this person's behalf. Which way it goes and whether is the arbiter's business."""
    is_other = arm == OTHER or (arm == REST and campaign.winner == OTHER)
    return Wanted(
        store_id=campaign.store_id,
        key=f"campaign:{campaign.pk}:{customer}",
        kind=campaign.template.kind,
        customer_id=customer,
        template_id=campaign.other_id if is_other and campaign.other_id else campaign.template_id,
        not_before=at,
        channel=campaign.channel,
        data={"archive": archive_link(campaign, host=settings.PUBLIC_URL)} if campaign.has_letter else {},
        asked_by=campaign.asked_by,
    )
