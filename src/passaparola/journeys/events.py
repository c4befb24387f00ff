"""What journeys tell the world: days that come round by themselves, without anybody doing anything."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthdayCame(Event):
    """It is a customer's birthday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnniversaryCame(Event):
    """So many years since the first order."""

    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMissed(Event):
    """By their own rhythm a customer would have come back by now. `days` since the last order."""

    days: int
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDoDone(Event):
    """The team did what a journey had asked for. `subject_id` is the to-do."""

    task: str
    note: str
