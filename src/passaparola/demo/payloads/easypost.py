"""EasyPost's event `tracker.updated`: the whole tracker, times in UTC."""

from datetime import UTC, datetime
from typing import Any

from passaparola.demo.payloads.letter import Letter
from passaparola.demo.world.order import Order, Parcel, Step
from passaparola.tracking.carrier import ScanState as S

KIND = "easypost"
_STATUSES = {
    S.LABEL_CREATED: ("pre_transit", "label_created"),
    S.PICKED_UP: ("in_transit", "received_at_origin_facility"),
    S.IN_TRANSIT: ("in_transit", "arrived_at_facility"),
    S.OUT_FOR_DELIVERY: ("out_for_delivery", "out_for_delivery"),
    S.READY_FOR_PICKUP: ("available_for_pickup", "arrived_at_pickup_location"),
    S.DELIVERED: ("delivered", "arrived_at_destination"),
    S.ATTEMPTED: ("failure", "delivery_exception"),
    S.HELD: ("in_transit", "held"),
    S.DELAYED: ("in_transit", "delayed"),
    S.RETURNING: ("return_to_sender", "return"),
    S.RETURNED: ("return_to_sender", "return"),
    S.LOST: ("failure", "lost"),
}


def told(order: Order, parcel: Parcel) -> Letter:
    last = parcel.steps[-1]
    status, detail = _STATUSES[last.state]
    tracker = {
        "id": f"trk_{parcel.id:032x}",
        "object": "Tracker",
        "mode": "production",
        "tracking_code": parcel.number,
        "carrier": parcel.carrier.easypost,
        "status": status,
        "status_detail": detail,
        "created_at": _time(parcel.packed_at),
        "updated_at": _time(last.at),
        "signed_by": order.to.name.upper() if last.state is S.DELIVERED else None,
        "weight": None,
        "est_delivery_date": f"{last.due.isoformat()}T18:00:00Z" if last.due else None,
        "shipment_id": None,
        "tracking_details": [_detail(parcel, step) for step in parcel.steps],
        "carrier_detail": {
            "object": "CarrierDetail",
            "service": parcel.carrier.service,
            "origin_location": "FAENZA IT",
            "est_delivery_date_local": last.due.isoformat() if last.due else None,
        },
        "fees": [],
    }
    payload = {
        "id": f"evt_{parcel.id:x}{len(parcel.steps):02x}{int(last.at.timestamp()):x}",
        "object": "Event",
        "description": "tracker.updated",
        "mode": "production",
        "created_at": _time(last.at),
        "updated_at": _time(last.at),
        "previous_attributes": {"status": _before(parcel)},
        "pending_urls": [],
        "completed_urls": [],
        "status": "pending",
        "result": tracker,
    }
    return Letter(role="carrier", kind=KIND, topic="tracker.updated", payload=payload, at=last.at)


def _before(parcel: Parcel) -> str:
    return _STATUSES[parcel.steps[-2].state][0] if len(parcel.steps) > 1 else "unknown"


def _detail(parcel: Parcel, step: Step) -> dict[str, Any]:
    status, detail = _STATUSES[step.state]
    return {
        "object": "TrackingDetail",
        "message": step.words,
        "description": None,
        "status": status,
        "status_detail": detail,
        "datetime": _time(step.at),
        "source": parcel.carrier.easypost,
        "carrier_code": None,
        "tracking_location": {
            "object": "TrackingLocation",
            "city": step.place,
            "state": None,
            "country": step.country,
            "zip": None,
        },
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
