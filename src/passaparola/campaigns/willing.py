"""Who of those a campaign is for agreed to it where it goes, as SQL: to count many at once.

It is coarser than the arbiter, who has the last word: it knows consent and addresses, and nothing of troubles and caps.
"""

from passaparola.campaigns.models import Campaign
from passaparola.messages.accounts import connectable, in_use
from passaparola.messages.kind import KINDS
from passaparola.messages.rules.values import WANTED, Purpose
from passaparola.messages.rules.way import BEST
from passaparola.segments.rules.fields import FIELDS
from passaparola.segments.rules.sql import Scope

_SHOP_SAYS = {
    Purpose.OFFER: FIELDS["customer.takes_offers"].sql,
    Purpose.NEWS: FIELDS["customer.takes_news"].sql,
}


def willing(campaign: Campaign, scope: Scope) -> str:
    """Return the condition on `c` that they can be reached and said yes to this purpose there, or at least no no."""
    purpose = KINDS[campaign.template.kind].purpose
    channels = in_use(campaign.store_id) if campaign.channel == BEST else [campaign.channel]
    return f"({' OR '.join(_on(channel, purpose, scope) for channel in channels)})"


def _on(channel: str, purpose: Purpose, scope: Scope) -> str:
    return f"({_reached(channel, scope)} AND {_agreed(channel, purpose, scope)})"


def _reached(channel: str, scope: Scope) -> str:
    kind, name = connectable().get(channel), scope.bind(channel)
    reach = (
        f"EXISTS (SELECT 1 FROM outgoing_reach h WHERE h.customer_id = c.id AND h.channel = {name}"
        " AND h.ended_at IS NULL)"
    )
    if kind is not None:
        return f"(c.phone <> '' OR {reach})" if kind.takes_phones else reach
    return (
        "(c.email <> '' AND NOT EXISTS (SELECT 1 FROM outgoing_suppression u WHERE u.address = lower(c.email)"
        f" AND u.store_id = c.store_id AND u.channel = {name} AND u.lifted_at IS NULL))"
    )


def _agreed(channel: str, purpose: Purpose, scope: Scope) -> str:
    if purpose not in WANTED:
        return "true"
    if channel == "email" and purpose in _SHOP_SAYS:
        return _SHOP_SAYS[purpose].format(c="c", now=scope.now)
    without_a_word = "false" if purpose.needs_consent else "true"
    return (
        "coalesce((SELECT y.is_given FROM outgoing_consent y WHERE y.customer_id = c.id"
        f" AND y.channel = {scope.bind(channel)} AND y.purpose = {scope.bind(purpose.value)}"
        f" ORDER BY y.said_at DESC, y.is_given LIMIT 1), {without_a_word})"
    )
