"""How often estimates like this one were right: said only where it is known, and where it does not mislead."""

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.voice import Moment

ENOUGH = 50
"""On fewer parcels, “right so many times out of a hundred” would be an accident."""
_GOES_ON = frozenset({Situation.ANNOUNCED, Situation.ON_THE_WAY, Situation.OUT})
"""Late, held or brought in vain, it has a story of its own: what became of others would mislead."""


def proof(situation: Situation, order: Order, parcel: Parcel | None, moment: Moment) -> str:
    """Return the sentence; empty where the days come from the carrier or a rule, or too few were checked."""
    if parcel is None or situation not in _GOES_ON or parcel.is_late or parcel.arrival_source != "learned":
        return ""
    leg = "transit" if parcel.picked_up_at else "ordered"
    told = next((one for one in order.proofs if one.leg == leg and one.parcels >= ENOUGH), None)
    if told is None:
        return ""
    country = order.address.get("country", "") or order.shop.country
    values = {
        "share": round(100 * told.share),
        "count": told.parcels,
        "country": moment.voice.country(country) if country else "",
    }
    if country and country != order.shop.country:
        said = moment.voice.gettext(
            "Such estimates were right %(share)s %% of the time on the last %(count)s parcels to %(country)s."
        )
        return said % values
    return (
        moment.voice.gettext(
            "Such estimates were right %(share)s %% of the time on the last %(count)s parcels."
        )
        % values
    )
