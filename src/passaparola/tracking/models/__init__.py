"""Trackers hear of numbers, scans are what they heard, parcels are what travels to a customer."""

from passaparola.tracking.models.arrivals import Arrivals, DayOfDeliveries
from passaparola.tracking.models.disruptions import Disruption
from passaparola.tracking.models.lanes import ArrivalRecord, LaneEstimate
from passaparola.tracking.models.parcels import OVER, Parcel
from passaparola.tracking.models.promised import FirstPromise
from passaparola.tracking.models.trackers import Scan, Tracker

__all__ = [
    "OVER",
    "ArrivalRecord",
    "Arrivals",
    "DayOfDeliveries",
    "Disruption",
    "FirstPromise",
    "LaneEstimate",
    "Parcel",
    "Scan",
    "Tracker",
]
