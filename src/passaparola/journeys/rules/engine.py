"""The way through a journey: a batch of those whose time has come goes on as far as it can."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from passaparola.journeys.rules.document import Definition, Listening
from passaparola.journeys.rules.values import END, Go, Leave, Move, Outcome, Standing, World
from passaparola.journeys.step import STEPS
from passaparola.segments.rules.condition import EVERYBODY

BREATH = timedelta(hours=1)
"""A circle of waits that are over already turns once, then rests."""


def advance(definition: Definition, batch: Sequence[Standing], world: World) -> list[Move]:
    """Move everybody of the batch, all in this journey, up to where they have to wait, or out of it."""
    moves = {standing.id: Move(standing) for standing in batch}
    for standing_id, reason in exits(definition, batch, world).items():
        moves[standing_id].ended = reason
    at: dict[str, list[Standing]] = defaultdict(list)
    for standing in batch:
        if not moves[standing.id].ended:
            at[standing.position].append(standing)
    most = len(definition.steps) + 1
    while at:
        position, here = at.popitem()
        placed = definition.steps.get(position)
        if placed is None:
            # The end, or a step that is no more: there is nothing to do either way.
            for standing in here:
                moves[standing.id].ended = "finished"
            continue
        outcomes = STEPS[placed.kind].advance(here, placed.settings, world)
        for standing, outcome in zip(here, outcomes, strict=True):
            if _move(moves[standing.id], outcome, position, placed.ways, most):
                at[standing.position].append(standing)
    return list(moves.values())


def _move(move: Move, outcome: Outcome, position: str, ways: Mapping[str, str], most: int) -> bool:
    """Note one outcome; tell whether they go on at once."""
    standing = move.standing
    if isinstance(outcome, Go):
        move.path.append((position, outcome.way, standing.now))
        for effect in outcome.effects:
            move.effects.append((position, standing.hops, effect))
        standing.hops += 1
        standing.position, standing.since = ways.get(outcome.way, END), standing.now
        if standing.position == END:
            move.ended = "finished"
        elif len(move.path) >= most:
            move.due_at = standing.now + BREATH
        else:
            return True
    elif isinstance(outcome, Leave):
        move.path.append((position, "", standing.now))
        standing.hops += 1
        move.ended = outcome.reason
    else:
        move.due_at, move.waits_for = outcome.until, outcome.waits_for
    return False


def exits(definition: Definition, batch: Sequence[Standing], world: World) -> dict[int, str]:
    """Return, by id, why some of them have to leave: an exit's event happened, or its condition is true now."""
    found: dict[int, str] = {}
    for leaving in definition.exits:
        asked = [standing for standing in batch if standing.id not in found]
        if not asked:
            break
        found |= dict.fromkeys(_leaving(leaving, asked, world), _reason(leaving))
    return found


def _leaving(leaving: Listening, batch: Sequence[Standing], world: World) -> set[int]:
    if leaving.kinds:
        since = {standing.id: standing.begun_at for standing in batch}
        happened = world.happened(leaving.kinds, batch, since, about_order=leaving.about_order)
        batch = [standing for standing in batch if standing.id in happened]
    if leaving.condition == EVERYBODY:
        return {standing.id for standing in batch}
    return world.matching(leaving.condition, batch)


def _reason(leaving: Listening) -> str:
    return f"exit:{leaving.kinds[0]}" if leaving.kinds else "exit"
