from collections import Counter
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.engine import advance
from passaparola.journeys.rules.shares import is_held_out, way_of
from passaparola.journeys.rules.values import Say, Standing
from passaparola.journeys.tests.worlds import MadeUpWorld

JOURNEY = define(
    {
        "name": "n",
        "trigger": "OrderPlaced",
        "exits": [{"on": "OrderCancelled"}],
        "steps": [
            {"id": "rest", "kind": "wait", "for": "1 day"},
            {
                "id": "dear",
                "kind": "branch",
                "if": {"field": "order.total", "value": 1},
                "next": {"no": "again"},
            },
            {"id": "say", "kind": "send_message", "message": "delivered", "next": "end"},
            {"id": "again", "kind": "wait", "for": "1 day", "next": "rest"},
        ],
    }
)


def standing(n, hours, position="rest"):
    since = NOON - timedelta(hours=hours)
    return Standing(
        id=n, customer_id=n, position=position, since=since, entered_at=since, begun_at=since, now=NOON
    )


def told(moves):
    return {
        m.standing.id: (m.standing.position, m.due_at, m.ended, [s for s, _, _ in m.path], m.effects)
        for m in moves
    }


def test_they_go_as_far_as_they_can():
    world = MadeUpWorld(true_of={2}, happened={4: NOON - timedelta(hours=1)})

    moves = told(advance(JOURNEY, [standing(1, 3), standing(2, 30), standing(3, 30), standing(4, 30)], world))

    assert moves[1] == ("rest", NOON + timedelta(hours=21), "", [], [])
    assert moves[2] == (
        "",
        None,
        "finished",
        ["rest", "dear", "say"],
        [("say", 2, Say("delivered", data={}))],
    )
    assert moves[3] == ("again", NOON + timedelta(days=1), "", ["rest", "dear"], [])
    assert moves[4] == ("rest", None, "exit:OrderCancelled", [], [])


people = st.lists(st.tuples(st.integers(0, 80), st.sampled_from(["rest", "again"])), min_size=1, max_size=12)


@given(people, st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)))
def test_the_batch_makes_no_difference(people, true_of, cancelled):
    world = MadeUpWorld(true_of=true_of, happened=dict.fromkeys(cancelled, NOON - timedelta(hours=1)))

    def batch():
        return [standing(n, hours, position) for n, (hours, position) in enumerate(people)]

    together = told(advance(JOURNEY, batch(), world))
    alone = {}
    for one in batch():
        alone |= told(advance(JOURNEY, [one], world))

    assert together == alone
    for _, due_at, ended, _, _ in together.values():
        assert bool(ended) != (due_at is not None and due_at > NOON)


def test_whoever_stands_at_a_step_that_is_no_more_has_come_to_the_end():
    (move,) = advance(JOURNEY, [standing(1, 3, "gone")], MadeUpWorld())

    assert move.ended == "finished"


def test_circles_of_waits_that_are_over_rest():
    journey = define(
        {
            "name": "n",
            "trigger": "X",
            "steps": [{"id": "w", "kind": "wait", "until": "event", "next": "w"}],
        }
    )

    (move,) = advance(journey, [standing(1, 3, "w")], MadeUpWorld(known={1: NOON - timedelta(days=1)}))

    assert move.due_at == NOON + timedelta(hours=1)


def test_shares_are_what_they_say_and_stay():
    shares = {"a": Decimal(70), "b": Decimal(30)}
    ways = [way_of(shares, "split", "s", customer) for customer in range(5000)]

    assert ways == [way_of(shares, "split", "s", customer) for customer in range(5000)]
    assert 0.67 < Counter(ways)["a"] / 5000 < 0.73
    out = sum(is_held_out(7, customer, Decimal(10)) for customer in range(5000))
    assert 0.08 < out / 5000 < 0.12
    assert not any(is_held_out(7, customer, Decimal(0)) for customer in range(500))
