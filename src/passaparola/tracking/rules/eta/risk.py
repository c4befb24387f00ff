"""How likely a parcel comes after a day: the table asked the other way round."""

from datetime import date, datetime

from passaparola.tracking.rules.eta.estimate import USEFUL, at_home, chances_of, soonest_day
from passaparola.tracking.rules.eta.lane import Lane, Leg, Shipment
from passaparola.tracking.rules.eta.table import LaneTable


def chance_after(table: LaneTable, shipment: Shipment, *, last: date, now: datetime) -> float | None:
    """Return the chance, 0 to 1, that it comes after `last`; None where too little was learned to say.

    `now` is local at the destination. Past anything ever seen, it is certain.
    """
    shipment = shipment if shipment.lane.country else at_home(shipment)
    if table.row(Leg.TRANSIT, Lane(country=shipment.lane.country)).parcels < USEFUL:
        return None
    _, days = chances_of(table, shipment, soonest=soonest_day(now))
    deadline = last.toordinal()
    return min(sum(chance for day, chance in days if day > deadline), 1.0) if days else 1.0
