"""The picture of a journey: what meets again is drawn as meeting, and nothing else."""

from passaparola.journeys.picture import Figures, picture
from passaparola.journeys.queries import figures
from passaparola.journeys.rules.document import define
from passaparola.journeys.tests.conftest import SAY, THANKS
from passaparola.messages.models import Message

CALL = {"id": "call", "kind": "ask_team", "words": "Call them", "next": "end"}


def drawn(*steps):
    return picture(define(THANKS | {"steps": steps}), Figures())


def ids(flow):
    return [node.id for node in flow.nodes]


def test_ways_meet_where_everybody_comes_by():
    dear = {"id": "dear", "kind": "branch", "if": {"field": "order.total", "is": "at_least", "value": 1}}
    rest = {"id": "rest", "kind": "wait", "for": "1 day"}
    flow = drawn(dear | {"next": {"yes": "call", "no": "rest"}}, rest, CALL)

    assert (ids(flow), flow.nodes[0].meets) == (["dear", "call"], True)
    assert [ids(branch.flow) for branch in flow.nodes[0].branches] == [[], ["rest"]]


def test_ways_of_which_one_may_end_before_do_not_meet():
    news = {"id": "news", "kind": "wait_for", "events": "OrderRefunded", "at_most": "1 day",
            "next": {"happened": "call", "too_late": "split"}}  # fmt: skip
    split = {"id": "split", "kind": "split", "shares": {"a": 1, "b": 1}, "next": {"a": "call", "b": "end"}}
    flow = drawn(news, split, CALL)

    happened, too_late = (branch.flow for branch in flow.nodes[0].branches)
    assert (ids(flow), flow.nodes[0].meets, ids(happened), ids(too_late)) == (
        ["news"],
        False,
        ["call"],
        ["split"],
    )
    first = too_late.nodes[0].branches[0].flow
    assert (first.joins, first.joins_title, first.has_end) == ("call", "A call", False)


def test_the_share_of_messages_that_went_out_is_shown(shop, anna):
    journey = shop.journey(steps=[SAY | {"message": "thank_you_care"}])
    for _ in range(4):
        shop.deliver(shop.order(anna))
    shop.later(minutes=1)
    assert figures(journey, shop.now).sent == {}  # nothing is decided yet

    asked = list(Message.objects.values_list("pk", flat=True))
    Message.objects.filter(pk__in=asked[:3]).update(sent_at=shop.now)
    Message.objects.filter(pk=asked[3]).update(dropped_at=shop.now, reason="expired")

    assert figures(journey, shop.now).sent == {"say": (3, 4)}
