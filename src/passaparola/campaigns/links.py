"""The public address of a campaign's letter, to read in a browser or to pass on."""

from datetime import date, datetime, timedelta

from passaparola.campaigns.models import Campaign
from passaparola.kernel import signing

PURPOSE = "campaign archive"
LASTS = timedelta(days=5 * 365)


def archive_link(campaign: Campaign, *, host: str) -> str:
    """Return the whole address. It shows no person's data, so it may travel."""
    begun = campaign.made_at
    first = date(begun.year, begun.month, 1)
    return f"{host}/a/{signing.sign(PURPOSE, campaign.pk, expires=first + LASTS)}/"


def read_token(token: str, *, now: datetime) -> int | None:
    return signing.read(PURPOSE, token, now=now)
