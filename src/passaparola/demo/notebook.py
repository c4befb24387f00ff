"""What the demo remembers between two starts, in one small file beside the database."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from passaparola.demo.journey import Journey, begun
from passaparola.demo.world.history import World, live_order, under_way


@dataclass(slots=True)
class Notebook:
    """`anchor` is the moment the world was made for; `journeys` are those that aren't over."""

    file: Path
    anchor: datetime
    orders_made: int = 0
    """How many came in live."""
    journeys: dict[str, dict[str, Any]] | None = None
    """By order number; None where the simulator never ran."""
    unsaved: bool = field(default=False)

    @classmethod
    def open(cls, data: Path, *, now: datetime) -> "Notebook":
        """Read the notebook in this folder, or begin one."""
        file = data / "demo.json"
        try:
            kept = json.loads(file.read_text())
            return cls(file, datetime.fromisoformat(kept["anchor"]), kept["orders_made"], kept["journeys"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls(file, now.astimezone(UTC))

    def save(self) -> None:
        """Write it in one go: a stop in the middle leaves the old one whole."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "anchor": self.anchor.isoformat(),
            "orders_made": self.orders_made,
            "journeys": self.journeys,
        }
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(kept))
        beside.replace(self.file)

    def note(self, journeys: Iterable[tuple[int | None, Journey]]) -> None:
        """Keep how far each is; `int` is the number of an order that came in live."""
        self.journeys = {
            journey.order.number: {
                "live": live,
                "placed": journey.order.placed_at.isoformat(),
                "told": {name: at.isoformat() for name, at in journey.told.items()},
            }
            for live, journey in journeys
            if journey.next()
        }
        self.save()

    def open_journeys(self, world: World, now: datetime) -> list[tuple[int | None, Journey]]:
        """Return the journeys where they stood, or those the world begins with."""
        planned = {order.number: order for order in under_way(world)}
        if self.journeys is None:
            found: list[tuple[int | None, Journey]] = [
                (None, begun(o, world.known_until(o))) for o in planned.values()
            ]
        else:
            found = []
            for number, kept in self.journeys.items():
                live = kept["live"]
                placed_at = datetime.fromisoformat(kept["placed"])
                order = planned.get(number) if live is None else live_order(world, live, placed_at)
                if order is not None:
                    told = {name: datetime.fromisoformat(at) for name, at in kept["told"].items()}
                    found.append((live, Journey(order, told)))
        for _, journey in found:
            journey.catch_up(now.date())
        return found
