"""What is asked of a carrier for a lost, late or damaged parcel, and what comes back."""

from datetime import datetime
from decimal import Decimal

from passaparola.cases.models import Case, Claim
from passaparola.tracking.models import Parcel


def file_claim(case: Case, *, parcel: Parcel, asked: Decimal, now: datetime) -> Claim:
    """Note that we asked the carrier for money; asking again changes the sum, not the day."""
    carrier = parcel.tracker.carrier if parcel.tracker else ""
    claim, _ = Claim.objects.update_or_create(
        case=case,
        parcel_id=parcel.pk,
        defaults={"asked": asked},
        create_defaults={"store": case.store, "carrier": carrier, "asked": asked, "asked_at": now},
    )
    return claim


def answer_claim(claim: Claim, *, recovered: Decimal, now: datetime) -> None:
    """Note what the carrier gave back; 0 where it refused."""
    claim.recovered, claim.answered_at = recovered, now
    claim.save(update_fields=["recovered", "answered_at"])
