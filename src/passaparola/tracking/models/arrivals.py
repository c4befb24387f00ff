"""What arrived, counted by day and carrier: values, no rows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What one carrier brought on one day."""

    day: date
    carrier: str
    all: int
    late: int


@dataclass(frozen=True, slots=True)
class DayOfDeliveries:
    day: date
    all: int
    late: int

    @property
    def on_time(self) -> int:
        return self.all - self.late
