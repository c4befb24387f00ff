"""Whom a campaign would reach, by which channel, and what that would cost.

The arbiter itself is asked, as it will be when the campaign begins: consent to this purpose on that channel, silences,
troubles and all. Of a large shop it is asked about some, drawn by lot, and the others are reckoned from them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from passaparola.campaigns.asking import wanted_of
from passaparola.campaigns.meaning import NobodyError, meant_by
from passaparola.campaigns.models import Campaign
from passaparola.campaigns.rules.arms import HELD_OUT, ONE, Split, arm_of
from passaparola.campaigns.rules.beginning import FARTHEST
from passaparola.campaigns.wording import letter_to
from passaparola.messages.accounts import connectable, name_of
from passaparola.messages.actions.ask import Wanted, intent_of
from passaparola.messages.channel import UnsendableError
from passaparola.messages.connected import ConnectedChannel
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Price
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.price import Line, country_of, price_of
from passaparola.messages.rules.values import Verdict
from passaparola.messages.situations import Situations
from passaparola.segments import queries as segments

LOOKED_AT = 2_000
"""So many are asked about one by one, in half a second; a share of them is right to two in a hundred."""


@dataclass(frozen=True, slots=True)
class Way:
    """What goes by one channel."""

    channel: str
    people: int
    parts: int = 0
    """Of the longest text; 0 where it is not charged by the part."""
    cost: Decimal | None = None
    """In the store's currency; None where nobody said what it costs."""
    is_free: bool = False

    @property
    def name(self) -> str:
        return name_of(self.channel)


@dataclass(frozen=True, slots=True)
class Foreseen:
    meant: int = 0
    looked_at: int = 0
    held_out: int = 0
    ways: Sequence[Way] = ()
    dropped: dict[tuple[str, str], int] = field(default_factory=dict)
    """People by the reason why they would get nothing, and what would be waited for until it was too late."""

    @property
    def reached(self) -> int:
        return sum(way.people for way in self.ways)

    @property
    def is_reckoned(self) -> bool:
        """Only some were looked at."""
        return self.looked_at < self.meant


def foreseen(campaign: Campaign, *, now: datetime) -> Foreseen:
    """Return what would happen if it began when it is planned, or now where it is not."""
    try:
        condition = meant_by(campaign)
    except NobodyError:
        return Foreseen()
    # A mistyped year is still shown, and refused when it is to be planned.
    at = min(max(now, campaign.starts_at or now), now + FARTHEST)
    meant, some = segments.some_of(campaign.store, condition, now, LOOKED_AT)
    split = Split(hold_out=campaign.hold_out)
    going = [one for one in some if arm_of(campaign.pk, one, split) != HELD_OUT]
    scale = Decimal(meant) / max(len(some), 1)
    wanted = [wanted_of(campaign, one, ONE, at=at) for one in going]
    ways, dropped = _decided(wanted, at)
    return Foreseen(
        meant=meant,
        looked_at=len(some),
        held_out=_scaled(len(some) - len(going), scale),
        ways=[_way(campaign, channel, reached, scale, now) for channel, reached in ways.items()],
        dropped={reason: _scaled(count, scale) for reason, count in dropped.most_common()},
    )


Reached = list[tuple[str, str]]
"""Addresses with the language of who is there."""


def _decided(wanted: Sequence[Wanted], at: datetime) -> tuple[dict[str, Reached], Counter[tuple[str, str]]]:
    """Return who gets it by which channel, now or when there is room, and how many do not and why."""
    found = Situations.of(wanted, at)
    ways: dict[str, Reached] = defaultdict(list)
    dropped: Counter[tuple[str, str]] = Counter()
    for one in wanted:
        intent = intent_of(one, found, at)
        decision = decide(intent, found.history(one), found.situation(one), found.policy(one), at)
        if decision.verdict is Verdict.DROP:
            dropped[decision.reason, str(decision.params.get("waits_for") or "")] += 1
        else:
            ways[intent.channel].append((intent.to_address, found.language(one)))
    return dict(sorted(ways.items(), key=lambda pair: -len(pair[1]))), dropped


def _way(campaign: Campaign, channel: str, reached: Reached, scale: Decimal, now: datetime) -> Way:
    people, kind = _scaled(len(reached), scale), connectable().get(channel)
    if kind is None or kind.is_free:
        return Way(channel, people, is_free=True)
    some = {language: address for address, language in reached}
    parts = {language: _parts(campaign, kind, address, language, now) for language, address in some.items()}
    lines = [Line(*row) for row in _prices(campaign, channel)]
    category = kind.category(KINDS[campaign.template.kind].purpose)
    costs = [
        None if price is None else price * parts[language]
        for country, language in ((country_of(address), language) for address, language in reached)
        for price in [price_of(lines, channel=channel, country=country, category=category)]
    ]
    known = [cost for cost in costs if cost is not None]
    cost = sum(known, Decimal(0)) * scale if len(known) == len(costs) else None
    return Way(channel, people, parts=max(parts.values(), default=0), cost=cost)


def _prices(campaign: Campaign, channel: str) -> Iterable[tuple[str, str, str, Decimal]]:
    rows = Price.objects.filter(store=campaign.store_id, channel=channel)
    return rows.values_list("channel", "country", "category", "amount")


def _parts(campaign: Campaign, kind: ConnectedChannel, address: str, language: str, now: datetime) -> int:
    """Return how many parts the text has in this language, for somebody with a name of usual length."""
    try:
        letter = letter_to(campaign, address, language, now=now)
        return kind.parts(kind.pack(letter))
    except (TemplateError, UnsendableError):
        return 1


def _scaled(count: int, scale: Decimal) -> int:
    return round(count * scale)
