"""The shop simulator: orders come in, are paid, packed, carried and delivered while one watches.

Run by the demo as a process of its own; it ends with it, and by itself after its last order.
"""

import argparse
import heapq
import os
import signal
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from threading import Event

from passaparola.demo.journey import Journey
from passaparola.demo.notebook import Notebook
from passaparola.demo.payloads.telling import letters
from passaparola.demo.post import Box, Postman, answers, over_http
from passaparola.demo.world.days import ROME
from passaparola.demo.world.history import World, build, live_order
from passaparola.demo.world.order import Order

MOST_ORDERS = 400
"""New orders in one run: the demo is a shop window, no load test."""
BUSY_ORDERS = 40
_BUSY, _CALM = (12, 24), (50, 110)
"""Seconds between new orders: at first, so that there is something to see; then."""
_FIRST_MINUTES = 330
"""Within so many seconds everything has begun that is planned for today."""
_SAVE_SECONDS = 5.0

SentBack = Callable[[Collection[str], datetime], Iterable[Journey]]


@dataclass(slots=True)
class Simulator:
    """Time is passed in, in seconds since the start (`clock`) and as the time of day (`now`)."""

    world: World
    notebook: Notebook
    postman: Postman
    base: str
    rng: Random
    say: Callable[[str], None]
    sent_back: SentBack
    """Finds what customers have sent back since: see `homeward`."""
    journeys: dict[str, tuple[int | None, Journey]] = field(default_factory=dict)
    queue: list[tuple[float, str]] = field(default_factory=list)
    next_order: float = 8.0
    homeward: set[str] = field(default_factory=set)
    """The parcels on their way back that we know of, arrived or not."""
    made: int = 0
    saved: float = 0.0

    def begin(self, now: datetime) -> None:
        for live, journey in self.notebook.open_journeys(self.world, now.astimezone(ROME)):
            number = journey.order.number
            self.journeys[number] = (live, journey)
            heapq.heappush(self.queue, (self._first_at(journey), number))

    def _first_at(self, journey: Journey) -> float:
        featured = {order.number for order in self.world.featured}
        if journey.order.number in featured:
            return 100.0 + self.rng.uniform(0, 20)  # long enough to look at its page before it moves
        return self.rng.uniform(3, _FIRST_MINUTES)

    def turn(self, clock: float, now: datetime) -> None:
        """Let everything happen that is due."""
        while self.queue and self.queue[0][0] <= clock:
            _, number = heapq.heappop(self.queue)
            self._move(number, clock, now)
        if clock >= self.next_order and self.made < MOST_ORDERS:
            self._new_order(clock, now)
        if clock - self.saved > _SAVE_SECONDS:
            self.save(clock)
            self._follow_home(clock, now)

    def _follow_home(self, clock: float, now: datetime) -> None:
        """Parcels that customers have sent back set off."""
        for journey in self.sent_back(self.homeward, now):
            number = journey.order.number
            journey.catch_up(now.astimezone(ROME).date())
            self.homeward.add(number)
            self.journeys[number] = (None, journey)
            heapq.heappush(self.queue, (clock + journey.pause(self.rng), number))

    def _move(self, number: str, clock: float, now: datetime) -> None:
        _, journey = self.journeys[number]
        if not journey.is_due(now):
            if journey.next():  # tomorrow is another day
                heapq.heappush(self.queue, (clock + 60.0, number))
            return
        known, happened = journey.tell(now)
        for what in happened:
            self.postman.post(letters(known, what, self.base), now=now)
        self.say(f"{now.astimezone(ROME):%H:%M:%S}  {in_words(known, happened[0])}")
        if journey.next():
            heapq.heappush(self.queue, (clock + journey.pause(self.rng), number))
        else:
            del self.journeys[number]

    def _new_order(self, clock: float, now: datetime) -> None:
        self.made += 1
        self.notebook.orders_made += 1
        live = self.notebook.orders_made
        journey = Journey(live_order(self.world, live, now))
        self.journeys[journey.order.number] = (live, journey)
        heapq.heappush(self.queue, (clock, journey.order.number))
        self.next_order = clock + self.rng.uniform(*(_BUSY if self.made < BUSY_ORDERS else _CALM))

    def save(self, clock: float) -> None:
        self.notebook.note(self.journeys.values())
        self.saved = clock


_WORDS = {
    "placed": "is ordered",
    "paid": "is paid",
    "packed": "is packed",
    "cancelled": "is cancelled",
}


def in_words(order: Order, what: str) -> str:
    kind, _, which = what.partition(" ")
    if kind == "refunded":
        happened = f"gets {order.refunds[int(which)].amount} € back"
    elif kind == "step":
        parcel = order.parcels[int(which.split()[0])]
        last = parcel.steps[-1]
        happened = f"{parcel.carrier.name}: {last.state.value.replace('_', ' ')} ({last.place})"
    else:
        happened = _WORDS[kind]
    return f"{order.number}  {order.to.name}, {order.to.town.name}: {happened}"


def main(arguments: list[str] | None = None) -> None:
    """Run until told to stop. The database and the data folder come from the settings."""
    parser = argparse.ArgumentParser(prog="simulator")
    parser.add_argument("--url", required=True, help="where the web server answers on this machine")
    parser.add_argument("--public-url", required=True, help="its public address, for pictures")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
    import django

    django.setup()
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    _run(options.url, options.public_url, stopping)


def _run(url: str, public_url: str, stopping: Event) -> None:
    from django.conf import settings

    from passaparola.demo import homeward, shop

    now = datetime.now(UTC)
    notebook = Notebook.open(Path(settings.DATA), now=now)
    store = shop.find()
    assert store is not None  # noqa: S101 - the demo seeds before it starts us
    boxes = {
        key: Box(f"/hooks/{key[0]}/{key[1]}/{connection.token}/", connection.secret)
        for key, connection in shop.connections(store).items()
    }
    postman = Postman(boxes, over_http(url), Random())  # noqa: S311 - no secret
    world = build(notebook.anchor)
    # Where the notebook was lost, the numbers go on after those that are taken.
    notebook.orders_made = max(notebook.orders_made, store.orders.count() - len(world.orders))
    sent_back = partial(homeward.journeys, store, world)
    base = shop.pictures_at(public_url)
    simulator = Simulator(world, notebook, postman, base, Random(), _say, sent_back)  # noqa: S311
    while not answers(url) and not stopping.wait(0.2):
        pass
    began = datetime.now(UTC)
    simulator.begin(began)
    while not stopping.wait(0.25):
        now = datetime.now(UTC)
        simulator.turn((now - began).total_seconds(), now)
    postman.empty_bag()
    simulator.save(0.0)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what the demo shows on the terminal


if __name__ == "__main__":
    main()
