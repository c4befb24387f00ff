"""AfterShip's tags and subtags in our vocabulary."""

from passaparola.tracking.carrier import ScanState

S = ScanState

_BY_TAG = {
    "pending": S.UNKNOWN,
    "inforeceived": S.LABEL_CREATED,
    "intransit": S.IN_TRANSIT,
    "outfordelivery": S.OUT_FOR_DELIVERY,
    "attemptfail": S.ATTEMPTED,
    "failedattempt": S.ATTEMPTED,
    "delivered": S.DELIVERED,
    "availableforpickup": S.READY_FOR_PICKUP,
    "exception": S.HELD,
    # «No news for 30 days» is no news about the parcel.
    "expired": S.UNKNOWN,
}

_BY_SUBTAG = {
    "intransit_002": S.PICKED_UP,  # acceptance scan
    "outfordelivery_002": S.READY_FOR_PICKUP,  # before AvailableForPickup existed
    "outfordelivery_004": S.IN_TRANSIT,  # an appointment is made, for some other day
    "exception_004": S.HELD,  # customs
    "exception_005": S.DELAYED,  # external factors
    "exception_010": S.RETURNING,
    "exception_011": S.RETURNED,
    "exception_013": S.LOST,
    "exception_016": S.DELAYED,  # processing
    "exception_017": S.DELAYED,  # weather
    "exception_019": S.DELAYED,  # a late flight
    "exception_020": S.CANCELLED,
    "exception_021": S.LOST,  # disposed of: it won't come
}
"""Only where a subtag means something else than its tag. Exceptions not named wait for somebody."""


def state_of(tag: str, subtag: str) -> ScanState:
    """Return the subtag's meaning, else the tag's; a subtag alone (`Delivered_003`) tells its tag."""
    sub = subtag.casefold().replace(" ", "")
    if sub in _BY_SUBTAG:
        return _BY_SUBTAG[sub]
    plain = tag.casefold().replace(" ", "").replace("_", "")
    return _BY_TAG.get(plain) or _BY_TAG.get(sub.split("_")[0], S.UNKNOWN)
