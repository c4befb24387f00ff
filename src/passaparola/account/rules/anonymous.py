"""An order without the person: what somebody may see who knows its number and an e-mail address."""

from dataclasses import replace

from passaparola.account.rules.known import Order, Parcel


def anonymous(order: Order) -> Order:
    """Leave how far it is, and take away whose it is, what is in it, what it cost and where it goes."""
    return replace(
        order,
        first_name="",
        address={},
        discount_codes=(),
        payment_method="",
        refunds=(),
        items=tuple(
            replace(item, title="", variant="", total=None, image_url="", care="") for item in order.items
        ),
        parcels=tuple(_anonymous(parcel) for parcel in order.parcels),
    )


def _anonymous(parcel: Parcel) -> Parcel:
    """Places near the end of the way, the carrier's words and its link would tell where somebody lives."""
    scans = tuple(replace(scan, place="", words="") for scan in parcel.scans)
    return replace(parcel, place="", link="", signed_by="", scans=scans)
