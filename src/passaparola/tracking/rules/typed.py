"""What the team types in about a parcel whose carrier tells us nothing."""

from datetime import datetime

from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.moments import settled
from passaparola.tracking.numbers import number_in
from passaparola.tracking.reading import PLACE, line


def typed_facts(
    number: str,
    *,
    carrier: str,
    state: ScanState,
    at: datetime,
    words: str = "",
    place: str = "",
    country: str = "",
) -> TrackerFacts:
    """Return the facts of one typed scan; `at` is aware.

    They are final where nothing more can follow, like a carrier's own.
    """
    scan = ScanFacts(
        state=state, at=settled(at), words=line(words), place=line(place, PLACE), country=country
    )
    return TrackerFacts(
        number=number_in(number),
        carrier=carrier or "manual",
        scans=(scan,),
        is_final=state in {ScanState.DELIVERED, ScanState.RETURNED, ScanState.CANCELLED},
    )
