"""Which carrier has a parcel, told from several hints; a number alone never decides.

Many carriers use twelve digits. A wrong guess would follow somebody else's parcel, so whatever is not
clear is asked of a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from passaparola.tracking.carrier import Carrier
from passaparola.tracking.known_carriers import key_of_words
from passaparola.tracking.numbers import number_in

ENOUGH = 0.75
"""Below, a person is asked. The shop's words alone reach it; a number alone, or habit alone, never does."""
CLEARLY = 0.15
"""The second best must be at least so far behind."""

BY_WORDS, BY_NUMBER, BY_HABIT = 0.8, 0.6, 0.5
"""What each hint is worth at its best: the share of doubt that it removes."""
HABIT_NEEDS = 3
"""Earlier parcels that are not yet a habit."""
IF_NUMBER_CANT_BE, IF_WORDS_NAME_ANOTHER, IF_IT_DOESNT_GO_THERE = 0.3, 0.2, 0.5


class Reason(StrEnum):
    """Why, to be put into words where it is shown."""

    NAMED_BY_SHOP = "named_by_shop"
    NAMES_ANOTHER = "names_another"
    CHECK_DIGIT_FITS = "check_digit_fits"
    NUMBER_FITS = "number_fits"
    NUMBER_CANT_BE = "number_cant_be"
    USUAL_ON_THIS_WAY = "usual_on_this_way"
    DOESNT_GO_THERE = "doesnt_go_there"
    SEVERAL_FIT = "several_fit"
    NOTHING_FITS = "nothing_fits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    carrier_key: str
    """The best guess, also where a person is asked; empty where there is none."""
    confidence: float
    """Between 0 and 1."""
    needs_a_person: bool
    reasons: tuple[Reason, ...]


def identify(
    number: str,
    *,
    carrier_words: str = "",
    destination_country: str = "",
    earlier_lanes: Mapping[str, int] | None = None,
    enabled: Mapping[str, Carrier],
) -> Identification:
    """Weigh the shop's words, the number's shape and check digit, the destination and earlier parcels.

    `earlier_lanes`: with which carriers so many earlier parcels of this shop went to that country.
    `enabled`: the carriers to choose from besides the one that the words name.
    """
    named = _named(carrier_words, enabled)
    lanes = {key: count for key, count in (earlier_lanes or {}).items() if count > 0}
    weighed = sorted(
        (
            _weigh(
                key,
                enabled.get(key),
                number=number_in(number),
                named=named,
                country=destination_country,
                lanes=lanes,
            )
            for key in sorted({*enabled, *lanes, named} - {""})
        ),
        key=lambda one: one.confidence,
        reverse=True,
    )
    if not weighed or weighed[0].confidence == 0:
        return Identification(
            carrier_key="", confidence=0.0, needs_a_person=True, reasons=(Reason.NOTHING_FITS,)
        )
    return _decided(weighed)


def _named(words: str, enabled: Mapping[str, Carrier]) -> str:
    """Return the carrier that the words name: a well-known one, or one of ours by its own name."""
    said = words.strip().casefold()
    own = (
        key for key, carrier in enabled.items() if said and said in {key.casefold(), carrier.name.casefold()}
    )
    return key_of_words(words) or next(own, "")


def _decided(weighed: Sequence[Identification]) -> Identification:
    best = weighed[0]
    runner_up = weighed[1].confidence if len(weighed) > 1 else 0.0
    is_clear = best.confidence - runner_up >= CLEARLY
    return Identification(
        carrier_key=best.carrier_key,
        confidence=best.confidence,
        needs_a_person=best.confidence < ENOUGH or not is_clear,
        reasons=best.reasons if is_clear else (*best.reasons, Reason.SEVERAL_FIT),
    )


def _weigh(
    key: str, carrier: Carrier | None, *, number: str, named: str, country: str, lanes: Mapping[str, int]
) -> Identification:
    doubt, factor = 1.0, 1.0
    reasons: list[Reason] = []
    if named == key:
        doubt *= 1 - BY_WORDS
        reasons.append(Reason.NAMED_BY_SHOP)
    elif named:
        factor *= IF_WORDS_NAME_ANOTHER
        reasons.append(Reason.NAMES_ANOTHER)
    if carrier is not None and (likelihood := carrier.likelihood(number)) is not None:
        doubt *= 1 - BY_NUMBER * likelihood
        factor *= 1 if likelihood else IF_NUMBER_CANT_BE
        reasons.append(_about_number(likelihood))
    if lanes.get(key):
        doubt *= 1 - BY_HABIT * lanes[key] / (sum(lanes.values()) + HABIT_NEEDS)
        reasons.append(Reason.USUAL_ON_THIS_WAY)
    if carrier is not None and country and carrier.countries and country not in carrier.countries:
        factor *= IF_IT_DOESNT_GO_THERE
        reasons.append(Reason.DOESNT_GO_THERE)
    return Identification(
        carrier_key=key, confidence=(1 - doubt) * factor, needs_a_person=True, reasons=tuple(reasons)
    )


def _about_number(likelihood: float) -> Reason:
    if likelihood >= 1:
        return Reason.CHECK_DIGIT_FITS
    return Reason.NUMBER_FITS if likelihood else Reason.NUMBER_CANT_BE
