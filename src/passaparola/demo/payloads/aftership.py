"""AfterShip's webhook `tracking_update`: the tracking as it stands, with all its checkpoints."""

from datetime import UTC
from typing import Any

from passaparola.demo.payloads.letter import Letter
from passaparola.demo.world.days import ROME
from passaparola.demo.world.order import Order, Parcel, Step
from passaparola.tracking.carrier import ScanState as S

KIND = "aftership"
_TAGS = {
    S.LABEL_CREATED: ("InfoReceived", "InfoReceived_001"),
    S.PICKED_UP: ("InTransit", "InTransit_002"),
    S.IN_TRANSIT: ("InTransit", "InTransit_001"),
    S.OUT_FOR_DELIVERY: ("OutForDelivery", "OutForDelivery_001"),
    S.READY_FOR_PICKUP: ("AvailableForPickup", "AvailableForPickup_001"),
    S.DELIVERED: ("Delivered", "Delivered_001"),
    S.ATTEMPTED: ("AttemptFail", "AttemptFail_001"),
    S.HELD: ("Exception", "Exception_004"),
    S.DELAYED: ("Exception", "Exception_005"),
    S.RETURNING: ("Exception", "Exception_010"),
    S.RETURNED: ("Exception", "Exception_011"),
    S.LOST: ("Exception", "Exception_013"),
}
_ISO3 = {
    "IT": "ITA", "DE": "DEU", "AT": "AUT", "CH": "CHE", "FR": "FRA", "ES": "ESP", "NL": "NLD",
    "GB": "GBR", "US": "USA",
}  # fmt: skip


def told(order: Order, parcel: Parcel) -> Letter:
    last = parcel.steps[-1]
    tag, subtag = _TAGS[last.state]
    message = {
        "id": f"{parcel.id:024x}",
        "tracking_number": parcel.number,
        "slug": parcel.carrier.aftership,
        "active": last.state not in {S.DELIVERED, S.RETURNED},
        "tag": tag,
        "subtag": subtag,
        "title": parcel.number,
        "order_id": order.number,
        "shipment_type": parcel.carrier.service,
        "origin_country_iso3": "ITA",
        "destination_country_iso3": _ISO3[order.to.town.country],
        "created_at": parcel.packed_at.astimezone(UTC).isoformat(timespec="seconds"),
        "updated_at": last.at.astimezone(UTC).isoformat(timespec="seconds"),
        "signed_by": order.to.name if last.state is S.DELIVERED else None,
        **_expected(last),
        "checkpoints": [_checkpoint(parcel, step) for step in parcel.steps],
    }
    payload = {
        "event": "tracking_update",
        "event_id": f"{parcel.id:x}-{len(parcel.steps)}-{int(last.at.timestamp()):x}",
        "is_tracking_first_tag": True,
        "msg": message,
        "ts": int(last.at.timestamp()),
    }
    return Letter(role="carrier", kind=KIND, topic="tracking_update", payload=payload, at=last.at)


def _expected(step: Step) -> dict[str, Any]:
    """The day that the carrier names, and the hours once it is on the van."""
    day = step.due.isoformat() if step.due else None
    expected: dict[str, Any] = {"expected_delivery": day}
    if step.due and step.due_hours:
        since, until = (f"{day}T{hour:02d}:00:00{_offset(step)}" for hour in step.due_hours)
        window = {"estimated_delivery_date_min": since, "estimated_delivery_date_max": until}
        expected["aftership_estimated_delivery_date"] = window | {"estimated_delivery_date": day}
    return expected


def _offset(step: Step) -> str:
    zone = step.at.astimezone(ROME).strftime("%z")
    return f"{zone[:3]}:{zone[3:]}"


def _checkpoint(parcel: Parcel, step: Step) -> dict[str, Any]:
    tag, subtag = _TAGS[step.state]
    return {
        "slug": parcel.carrier.aftership,
        "city": step.place,
        "location": step.place,
        "country_iso3": _ISO3[step.country],
        "message": step.words,
        "tag": tag,
        "subtag": subtag,
        "checkpoint_time": step.at.astimezone(ROME).isoformat(timespec="seconds"),
        "created_at": step.at.astimezone(UTC).isoformat(timespec="seconds"),
        "coordinates": [],
        "zip": None,
        "raw_tag": None,
    }
