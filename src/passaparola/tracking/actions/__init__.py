"""The verbs of tracking."""

from passaparola.tracking.actions.by_hand import type_scan
from passaparola.tracking.actions.carrier import choose_carrier
from passaparola.tracking.actions.deliveries import record_deliveries
from passaparola.tracking.actions.derive import check_due, derive
from passaparola.tracking.actions.disruptions import enter_disruption, withdraw_disruption
from passaparola.tracking.actions.follow import derive_waiting, follow_fulfilments, follow_news, promise
from passaparola.tracking.actions.learn import learn, learn_due
from passaparola.tracking.actions.poll import ask_carriers
from passaparola.tracking.actions.record import record_trackers

__all__ = [
    "ask_carriers",
    "check_due",
    "choose_carrier",
    "derive",
    "derive_waiting",
    "enter_disruption",
    "follow_fulfilments",
    "follow_news",
    "learn",
    "learn_due",
    "promise",
    "record_deliveries",
    "record_trackers",
    "type_scan",
    "withdraw_disruption",
]
