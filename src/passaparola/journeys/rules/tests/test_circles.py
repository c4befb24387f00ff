import pytest

from passaparola.journeys.rules.circles import Circle, circle_of
from passaparola.journeys.rules.document import define

REST = {"id": "rest", "kind": "wait", "for": "1 day"}
SAY = {"id": "say", "kind": "send_message", "message": "delivered"}
NEWS = {"id": "news", "kind": "wait_for", "events": "OrderRefunded", "at_most": "1 day"}
GOAL = {"on": "OrderPlaced"}


def circle(*steps, **more):
    return circle_of(define({"name": "n", "trigger": "OrderDelivered", "steps": list(steps), **more}))


def test_a_way_that_only_leads_on_is_no_circle():
    assert circle(REST, NEWS | {"next": {"happened": "end", "too_late": "say"}}, SAY) is None


def test_a_circle_that_nothing_ends_is_endless():
    assert circle(REST, SAY | {"next": "rest"}) == Circle("rest", is_endless=True)
    assert circle(SAY, REST, NEWS | {"next": {"happened": "rest", "too_late": "rest"}}) == Circle(
        "rest", is_endless=True
    )


@pytest.mark.parametrize("more", [{"goal": GOAL}, {"exits": [{"on": "OrderRefunded"}]}])
def test_a_way_out_and_a_goal_end_it(more):
    assert circle(REST, SAY | {"next": "rest"}, **more) == Circle("rest", is_endless=False)


def test_a_goal_that_ends_nothing_ends_no_circle():
    assert circle(REST, SAY | {"next": "rest"}, goal=GOAL | {"ends": False}) == Circle(
        "rest", is_endless=True
    )


def test_a_branch_that_leads_out_ends_it():
    leads_out = NEWS | {"next": {"happened": "end", "too_late": "rest"}}
    stops = [NEWS | {"next": {"happened": "stop", "too_late": "rest"}}, {"id": "stop", "kind": "stop"}]

    assert circle(REST, leads_out) == Circle("rest", is_endless=False)
    assert circle(REST, *stops) == Circle("rest", is_endless=False)


def test_of_two_circles_the_endless_one_is_told():
    ways = {"a": "rest", "b": "tea", "c": "end"}
    split = {"id": "split", "kind": "split", "shares": dict.fromkeys("abc", 1), "next": ways}
    tea = {"id": "tea", "kind": "wait", "for": "1 day", "next": "tea"}

    assert circle(REST, split, tea) == Circle("tea", is_endless=True)


def test_a_circle_that_nobody_comes_to_is_none():
    assert (
        circle(REST | {"next": "end"}, SAY, NEWS | {"next": {"happened": "say", "too_late": "say"}}) is None
    )
