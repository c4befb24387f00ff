"""What is changed before the past is gone through once more."""

from dataclasses import dataclass
from datetime import datetime

from passaparola.journeys.rules.document import Definition
from passaparola.messages.kind import MessageKind
from passaparola.messages.rules.policy import Policy
from passaparola.segments.rules.condition import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyChange:
    """A journey as it would have been: another definition, or none at all (it would have been off)."""

    journey_id: int
    """0 for one that is not ours yet."""
    definition: Definition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignChange:
    """One more letter to a segment on a day of the past."""

    kind: MessageKind
    thing: str
    """Names it as the same thing said again: `campaign:7`."""
    condition: Condition
    at: datetime
    channel: str = "email"
    coupon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Any of these, together."""

    policy: Policy | None = None
    journey: JourneyChange | None = None
    campaign: CampaignChange | None = None

    @property
    def is_empty(self) -> bool:
        return self.policy is None and self.journey is None and self.campaign is None
