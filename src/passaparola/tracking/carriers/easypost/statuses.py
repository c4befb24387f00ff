"""EasyPost's statuses and their details in our vocabulary."""

from passaparola.tracking.carrier import ScanState

S = ScanState

_BY_STATUS = {
    "unknown": S.UNKNOWN,
    "pre_transit": S.LABEL_CREATED,
    "in_transit": S.IN_TRANSIT,
    "out_for_delivery": S.OUT_FOR_DELIVERY,
    "delivered": S.DELIVERED,
    "available_for_pickup": S.READY_FOR_PICKUP,
    "return_to_sender": S.RETURNING,
    "failure": S.HELD,
    "cancelled": S.CANCELLED,
    "error": S.UNKNOWN,
}

_BY_DETAIL = {
    "label_created": S.LABEL_CREATED,
    "received_at_origin_facility": S.PICKED_UP,
    "arrived_at_pickup_location": S.READY_FOR_PICKUP,
    "delivery_exception": S.ATTEMPTED,
    "refused": S.HELD,
    "address_correction": S.HELD,
    "awaiting_information": S.HELD,
    "damaged": S.HELD,
    "held": S.HELD,
    "delayed": S.DELAYED,
    "weather_delay": S.DELAYED,
    "missorted": S.DELAYED,
    "transit_exception": S.DELAYED,
    "lost": S.LOST,
    "return": S.RETURNING,
    "cancelled": S.CANCELLED,
}
"""Only details that say more than their status."""

_DETAIL_DECIDES = {S.UNKNOWN, S.LABEL_CREATED, S.IN_TRANSIT, S.HELD}
"""`delivered`, `out_for_delivery` and the like are clear; a detail may not turn them into something else."""


def state_of(status: str, detail: str) -> ScanState:
    state = _BY_STATUS.get(status.casefold().strip(), S.UNKNOWN)
    told = _BY_DETAIL.get(detail.casefold().strip(), state)
    if state is S.LABEL_CREATED and told not in {S.PICKED_UP, S.CANCELLED, S.HELD, S.DELAYED}:
        return state
    return told if state in _DETAIL_DECIDES else state
