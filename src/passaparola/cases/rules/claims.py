"""How long a shop has to ask a carrier for money, and what carriers pay. Values in, answer out."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """What a carrier's conditions say, as a rule of thumb; the shop's own contract goes before them."""

    loss_days: int
    """Days from the handing over in which a loss has to be claimed."""
    damage_days: int
    """Days from the arrival in which hidden damage has to be claimed: visible one is noted at the door."""


USUAL = Terms(60, 8)
"""Italian law (Codice civile 1698 and 2951): hidden damage within eight days of the arrival; a year for the
rest, of which carriers' conditions leave less."""
TERMS = {
    "brt": Terms(60, 8),
    "gls_it": Terms(60, 8),
    "gls": Terms(60, 8),
    "dhl": Terms(30, 30),
    "ups": Terms(60, 60),
    "fedex": Terms(60, 21),
    "tnt": Terms(60, 21),
    "poste_italiane": Terms(90, 10),
}


def claim_by(carrier: str, *, is_damage: bool, handed_over: date | None, arrived: date | None) -> date | None:
    """Return the last day on which to claim; None where nobody knows when it began."""
    terms = TERMS.get(carrier, USUAL)
    since, days = (arrived, terms.damage_days) if is_damage else (handed_over, terms.loss_days)
    return since + timedelta(days=days) if since else None
