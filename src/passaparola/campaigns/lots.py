"""Who of many gets which letter, as SQL: `rules.arms` for a million people at once. A test compares the two."""

from passaparola.campaigns.models import Campaign
from passaparola.campaigns.rules.arms import LOTS


def lot(campaign: Campaign, name: str) -> str:
    """Return `rules.arms.lot` of the customer `c`."""
    digits = f"substr(md5('{name}:{campaign.pk:d}:' || c.id), 1, 7)"
    return f"('x' || {digits})::bit(28)::int %% {LOTS}"


def is_written_to(campaign: Campaign) -> str:
    """Return the condition that `c` is not one of those who get nothing on purpose."""
    return f"{lot(campaign, 'hold')} >= {campaign.hold_out * 100:d}" if campaign.hold_out else "true"
