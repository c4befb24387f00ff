"""The contract of a kind of promise: how it is called, how long it usually takes, how bad it is when broken.

`kinds/<key>/` holds one. A shop's own standard goes before what is usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise as Text

from passaparola.kernel.plugins import Registry


class Pace(StrEnum):
    """By which clock a promise runs."""

    OPEN_HOURS = "open_hours"
    """Hours in which somebody is there: weekends, holidays and lunch do not count."""
    WORKING_DAYS = "working_days"
    """Days on which the shop works; due when the last of them ends."""
    DAYS = "days"
    """Days of the calendar, as the law counts them; due when the last of them ends."""
    DATE = "date"
    """Up to a day that was named; there is no standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKind:
    """One kind of promise. `key` is the folder's name."""

    key: str
    label: str | Text
    icon: str
    pace: Pace
    amount: int = 0
    """Hours or days that are usual, where the shop has said nothing."""
    most: int = 0
    """What the shop may not exceed, in the same unit: the law's word; 0 where there is none."""
    severity: int = 2
    """How bad a breach is, 1 to 5."""
    warns: timedelta = timedelta(0)
    """How long before its time an unkept promise counts as endangered; 0: only others tell."""
    words: Mapping[str, str]
    """As said to the customer, per language, with `{day}` and `{time}` of when it is due."""
    is_stated: bool = True
    """The shop can state a standard for it."""


KINDS: Registry[PromiseKind] = Registry("passaparola.promises.kinds", PromiseKind)
ANY = "commitment"
"""What a kind that nobody knows (any more) is treated as."""


def kind_of(key: str) -> PromiseKind:
    return KINDS.get(key) or KINDS[ANY]
