"""Whatever is known or not known of an order, its page says something true, whole and readable."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.account.rules.anonymous import anonymous
from passaparola.account.rules.known import Item, Order, Parcel, Proof, Refund, Shop
from passaparola.account.rules.page import Page, page
from passaparola.account.rules.voice import Moment
from passaparola.account.voice import DjangoVoice
from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.delay import DelayCause

ROME = ZoneInfo("Europe/Rome")
TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
LUNA = Shop(name="Bottega Luna", city="Faenza", country="IT")


def said(order: Order, language: str = "en", now: datetime = NOON) -> Page:
    with translation.override(language):
        return page(order, Moment(now, ROME, DjangoVoice(language)))


def with_parcel(**known: Any) -> Order:
    placed = NOON - 3 * DAY
    sent = Parcel(**{"number": "1", "carrier": "BRT", "announced_at": NOON - DAY, **known})
    return Order(shop=LUNA, placed_at=placed, parcels=(sent,))


def scan(state: ScanState, at: datetime, **more: Any) -> ScanFacts:
    return ScanFacts(state=state, at=at, **more)


HAD = {"picked_up_at": NOON - DAY, "state": "in_transit"}
ANSWERS = [
    ({"state": "label_created"}, "Packed and ready to leave", "Pronto a partire"),
    ({"number": "", "carrier": ""}, "Sent yesterday", "Spedito ieri"),
    (HAD, "On its way", "In viaggio"),
    (HAD | {"arrival_first": TODAY + DAY, "arrival_last": TODAY + DAY}, "Arriving tomorrow", "Arriva domani"),
    (HAD | {"arrival_last": date(2026, 11, 20)}, "Arriving Friday", "Arriva venerdì"),
    (HAD | {"arrival_last": date(2026, 12, 3)}, "Arriving Thursday 3 December", "Arriva giovedì 3 dicembre"),
    (
        HAD | {"arrival_first": TODAY + DAY, "arrival_last": TODAY + 2 * DAY},
        "Arriving between tomorrow and Friday",
        "Arriva tra domani e venerdì",
    ),
    (
        HAD | {"state": "out_for_delivery", "arrival_from": time(10), "arrival_until": time(14)},
        "Arriving today, between 10:00 and 14:00",
        "Arriva oggi, tra le 10:00 e le 14:00",
    ),
    (
        HAD | {"state": "out_for_delivery", "arrival_from": time(9), "arrival_until": time(11)},
        "Arriving today",
        "Arriva oggi",
    ),
    (
        HAD | {"state": "ready_for_pickup"},
        "Waiting for you at the pick-up point",
        "Ti aspetta al punto di ritiro",
    ),
    (
        HAD | {"is_late": True, "arrival_last": date(2026, 11, 27)},
        "Delayed: now expected Friday 27 November",
        "In ritardo: ora previsto per venerdì 27 novembre",
    ),
    (
        HAD | {"arrival_last": TODAY - DAY},
        "Delayed: we are finding out the new day",
        "In ritardo: stiamo chiedendo il nuovo giorno",
    ),
    (
        {"state": "delivered", "delivered_at": NOON - DAY + timedelta(hours=4, minutes=20)},
        "Delivered yesterday at 16:20",
        "Consegnato ieri alle 16:20",
    ),
    (
        {"state": "delivered", "delivered_at": NOON - 5 * DAY},
        "Delivered on Friday 13 November at 12:00",
        "Consegnato venerdì 13 novembre alle 12:00",
    ),
    ({"state": "lost"}, "We are looking for your parcel", "Stiamo cercando il tuo pacco"),
    ({"state": "returning"}, "On its way back to us", "Sta tornando da noi"),
    ({"state": "held"}, "Held up on the way", "Fermo lungo il tragitto"),
]


@pytest.mark.parametrize(("known", "english", "italian"), ANSWERS)
def test_the_headline_is_the_answer(known: dict[str, Any], english: str, italian: str) -> None:
    order = with_parcel(**known)

    assert said(order).headline == english
    assert said(order, "it").headline == italian


def test_an_order_without_parcels_is_being_packed() -> None:
    order = Order(shop=LUNA, placed_at=NOON, first_name="Giulia", promised_last=TODAY + 2 * DAY)

    assert said(order).headline == "We are packing it"
    assert "Hello Giulia, we have your order" in said(order).lead
    assert "We expect it with you Friday." in said(order).lead


def test_a_cancelled_order_is_cancelled_whatever_was_sent() -> None:
    order = Order(shop=LUNA, placed_at=NOON - DAY, cancelled_at=NOON, parcels=(Parcel(number="1"),))

    shown = said(order)

    assert shown.headline == "Cancelled"
    assert shown.cards == ()


@pytest.mark.parametrize(
    ("method", "headline"), [("Bonifico", "Waiting for your payment"), ("Contrassegno", "We are packing it")]
)
def test_only_a_payment_that_is_awaited_is_waited_for(method: str, headline: str) -> None:
    order = Order(shop=LUNA, placed_at=NOON, payment_state="pending", payment_method=method)

    assert said(order).headline == headline


def test_of_two_parcels_the_one_that_still_comes_is_the_answer() -> None:
    arrived = Parcel(number="1", state="delivered", delivered_at=NOON - DAY)
    coming = Parcel(number="2", state="in_transit", picked_up_at=NOON, arrival_last=TODAY + DAY)

    shown = said(Order(shop=LUNA, placed_at=NOON - DAY, parcels=(arrived, coming)))

    assert shown.headline == "Arriving tomorrow"
    assert "1 of 2 parcels has arrived." in shown.lead


def test_what_is_not_in_any_parcel_is_being_packed_when_the_rest_has_come() -> None:
    items = (Item(key="a", title="Plate", quantity=2), Item(key="b", title="Cup", quantity=1))
    arrived = Parcel(number="1", state="delivered", delivered_at=NOON, contents={"a": 1, "b": 1})

    shown = said(Order(shop=LUNA, placed_at=NOON, items=items, parcels=(arrived,)))

    assert shown.headline == "We are packing the rest"
    assert [(pieces.quantity, pieces.name) for pieces in shown.to_come] == [(1, "Plate")]


def test_parcels_sent_together_share_their_contents() -> None:
    items = (Item(key="a", title="Plate", quantity=2),)
    pair = tuple(Parcel(number=n, fulfilment=7, contents={"a": 1}) for n in "12")

    shown = said(Order(shop=LUNA, placed_at=NOON, items=items, parcels=pair))

    assert [card.is_shared for card in shown.cards] == [True, True]
    assert [(pieces.quantity, pieces.name) for pieces in shown.to_come] == [(1, "Plate")]


def test_customs_are_named_from_the_carriers_words() -> None:
    told = scan(ScanState.HELD, NOON, words="Held at customs, clearance in progress")

    held = said(with_parcel(**HAD | {"state": "held"}, scans=(told,)))

    assert held.cards[0].trouble
    assert held.cards[0].trouble.who == "The parcel is at the customs."


def test_what_the_carrier_calls_late_and_may_still_come_in_time_is_no_reason_to_say_sorry() -> None:
    promised = {"promised_first": TODAY, "promised_last": TODAY + 2 * DAY}
    parcel = HAD | promised | {"state": "delayed", "delay_cause": "carrier", "arrival_first": TODAY}

    early = said(with_parcel(**parcel, arrival_last=TODAY + 2 * DAY))
    late = said(with_parcel(**parcel, arrival_last=TODAY + 3 * DAY))

    assert early.headline == "May take longer: still expected between today and Friday"
    assert "sorry" not in early.lead
    assert early.cards[0].trouble
    assert early.cards[0].trouble.who == "BRT is slower with it than usual."
    assert late.headline.startswith("Delayed: now expected")
    assert "sorry" in late.lead


def test_a_day_within_the_days_promised_is_no_change() -> None:
    promised = {"promised_first": TODAY, "promised_last": TODAY + 4 * DAY}

    within = said(with_parcel(**HAD, **promised, arrival_first=TODAY + DAY, arrival_last=TODAY + DAY))
    later = said(with_parcel(**HAD, **promised, arrival_first=TODAY + 6 * DAY, arrival_last=TODAY + 6 * DAY))

    assert within.cards[0].new_day is None
    assert later.cards[0].new_day
    assert (later.cards[0].new_day.first, later.cards[0].new_day.now) == (
        "18 Nov – 22 Nov",
        "Tuesday 24 November",
    )


def test_being_late_with_packing_is_said_and_regretted() -> None:
    shown = said(Order(shop=LUNA, placed_at=NOON - 9 * DAY, promised_last=TODAY - DAY))

    assert shown.headline == "Delayed: we have not sent it yet"
    assert "we are sorry" in shown.lead


def test_who_was_refunded_for_a_lost_parcel_reads_so() -> None:
    shown = said(Order(shop=LUNA, placed_at=NOON, payment_state="refunded", parcels=(Parcel(state="lost"),)))

    assert "we have given you your money back" in shown.lead


def test_a_delay_of_our_own_is_called_ours() -> None:
    late = said(with_parcel(is_late=True, delay_cause=DelayCause.SHOP, promised_last=TODAY - DAY))

    assert late.cards[0].trouble
    assert late.cards[0].trouble.who == "We have not handed it over yet: the delay is ours."


def test_handed_over_late_is_ours_too_and_says_by_how_much() -> None:
    late = with_parcel(
        is_late=True,
        delay_cause=DelayCause.SHOP,
        delay_facts={"shop_days": 2},
        promised_last=TODAY - DAY,
        picked_up_at=NOON - DAY,
    )

    told = said(late).cards[0].trouble

    assert told
    assert told.who == "The delay is ours: we handed it over 2 working days later than planned."
    assert "keep an eye" in told.next


def test_a_strike_that_the_team_knows_of_is_told_in_its_own_words() -> None:
    late = with_parcel(
        is_late=True,
        delay_cause=DelayCause.CLOSURE,
        delay_confidence=0.9,
        delay_facts={"words": {"en": "BRT is on strike until Friday.", "it": "BRT è in sciopero."}},
        promised_last=TODAY - DAY,
        picked_up_at=NOON - 2 * DAY,
    )

    told = said(late).cards[0].trouble

    assert told
    assert told.who == "BRT is on strike until Friday."


def test_a_cause_that_is_not_sure_is_called_probable() -> None:
    late = with_parcel(
        is_late=True,
        delay_cause=DelayCause.HOLIDAY,
        delay_confidence=0.65,
        delay_facts={"holidays": [["FR", f"{TODAY - DAY}"]]},
        promised_last=TODAY - DAY,
        picked_up_at=NOON - 2 * DAY,
    )

    told = said(late).cards[0].trouble

    assert told
    assert "probably" in told.who
    assert "in France" in told.why


def test_of_two_parcels_the_one_that_is_waited_for_stands_first() -> None:
    come = Parcel(number="1", state="delivered", delivered_at=NOON, picked_up_at=NOON - DAY)
    late = Parcel(number="2", state="delayed", is_late=True, picked_up_at=NOON - DAY, promised_last=TODAY)

    shown = said(Order(shop=LUNA, placed_at=NOON - 3 * DAY, parcels=(come, late)))

    assert [card.title for card in shown.cards] == ["Parcel 2 of 2", "Parcel 1 of 2"]
    assert "one of your parcels is taking longer" in shown.lead.lower()


def test_how_often_such_estimates_were_right_is_said_with_its_figure() -> None:
    proof = Proof(leg="transit", share=0.912, parcels=240)
    goes = with_parcel(**HAD, arrival_source="learned", arrival_last=TODAY + DAY)
    goes = replace(goes, proofs=(proof,), address={"country": "ES"})

    assert said(goes).cards[0].proof == (
        "Such estimates were right 91 % of the time on the last 240 parcels to Spain."
    )


@pytest.mark.parametrize(
    ("changes", "parcels"),
    [
        ({"arrival_source": "rule"}, 240),
        ({"arrival_source": "learned"}, 49),
        ({"arrival_source": "learned", "state": "attempted"}, 240),
        ({"arrival_source": "learned", "state": "held"}, 240),
        ({"arrival_source": "learned", "is_late": True}, 240),
    ],
)
def test_where_it_would_mislead_nothing_is_said_of_it(changes, parcels) -> None:
    goes = with_parcel(**{**HAD, "arrival_last": TODAY + DAY, **changes})

    shown = said(replace(goes, proofs=(Proof(leg="transit", share=0.9, parcels=parcels),)))

    assert shown.cards[0].proof == ""


def test_local_time_is_the_clocks_where_it_happened() -> None:
    there = datetime(2026, 11, 18, 2, 30, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))

    shown = said(
        with_parcel(**HAD, scans=(scan(ScanState.IN_TRANSIT, there, place="Newark", words="Departed"),))
    )

    assert shown.cards[0].heard[0].when == "Yesterday, 21:30"


def test_an_offset_nobody_told_is_the_shops_clock() -> None:
    told = scan(ScanState.IN_TRANSIT, NOON, place="Bologna")

    assert said(with_parcel(**HAD, scans=(told,))).cards[0].heard[0].when == "Today, 12:00"


def test_amounts_add_up() -> None:
    order = Order(
        shop=LUNA,
        placed_at=NOON,
        total=Decimal(62),
        subtotal=Decimal(55),
        shipping=Decimal(7),
        discount=Decimal(5),
        discount_codes=("CIAO",),
        tax=Decimal("11.18"),
        refunds=(Refund(made_at=NOON, amount=Decimal(10)),),
    )

    rows = [(row.name, row.value) for row in said(order).amounts]

    assert rows == [
        ("Items", "€60.00"),
        ("Discount (CIAO)", "-€5.00"),
        ("Shipping", "€7.00"),
        ("Total", "€62.00"),
        ("of which tax", "€11.18"),
        ("Given back on 18 Nov", "-€10.00"),
    ]


def test_what_is_told_without_proof_names_nobody() -> None:
    order = Order(
        shop=LUNA,
        first_name="Giulia",
        placed_at=NOON,
        address={"name": "Giulia Moretti", "city": "Milano"},
        items=(Item(key="a", title="Plate", total=Decimal(46)),),
        parcels=(
            Parcel(
                number="1",
                place="Milano",
                signed_by="Moretti",
                scans=(scan(ScanState.HELD, NOON, words="no Giulia"),),
            ),
        ),
    )

    shown = repr(said(anonymous(order)))

    for secret in ("Giulia", "Moretti", "Milano", "Plate", "46"):
        assert secret not in shown


# Whatever comes: random orders, in both languages.

days = st.none() | st.dates(TODAY - 90 * DAY, TODAY + 90 * DAY)
moments = st.builds(
    lambda minutes, zone: (NOON + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(-200_000, 100_000),
    st.sampled_from([UTC, ROME]),
)
maybe = st.none() | moments
texts = (
    st.sampled_from(["", " ", "Milano", "100% «pronto» %(day)s", "<b>", "È qui"]) | st.text(max_size=12)
).filter(
    lambda text: "none" not in text.lower()  # hypothesis likes to try words that it finds in the code
)
amounts = st.decimals(-10, 10_000, places=4)
scans = st.builds(
    ScanFacts,
    state=st.sampled_from(ScanState),
    at=moments,
    has_time=st.booleans(),
    place=texts,
    words=texts,
    country=st.sampled_from(["", "IT", "GB"]),
)
parcels = st.builds(
    Parcel,
    number=texts,
    carrier=texts,
    state=st.sampled_from([*ScanState, "never_heard_of"]),
    place=texts,
    announced_at=maybe,
    picked_up_at=maybe,
    out_for_delivery_at=maybe,
    ready_for_pickup_at=maybe,
    delivered_at=maybe,
    cancelled_at=maybe,
    arrival_first=days,
    arrival_last=days,
    arrival_from=st.none() | st.times(),
    arrival_until=st.none() | st.times(),
    promised_first=days,
    promised_last=days,
    is_late=st.booleans(),
    delay_cause=st.sampled_from(["", *DelayCause, "new_cause"]),
    signed_by=texts,
    fulfilment=st.none() | st.integers(1, 2),
    contents=st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)),
    scans=st.lists(scans, max_size=4).map(tuple),
)
items = st.builds(
    Item,
    key=st.sampled_from("abc"),
    title=texts,
    variant=texts,
    quantity=st.integers(0, 5),
    total=st.none() | amounts,
    image_url=texts,
    care=texts,
    needs_shipping=st.booleans(),
)
orders = st.builds(
    Order,
    shop=st.builds(Shop, name=st.just("Bottega Luna"), city=texts, country=st.sampled_from(["", "IT"])),
    number=texts,
    first_name=texts.map(str.strip),
    placed_at=maybe,
    currency=st.sampled_from(["EUR", "", "XXX", "nonsense"]),
    total=amounts,
    subtotal=amounts,
    shipping=amounts,
    tax=amounts,
    discount=amounts,
    payment_state=st.sampled_from(["", "pending", "paid", "refunded", "voided", "something_new"]),
    payment_method=texts,
    paid_at=maybe,
    cancelled_at=st.none() | st.none() | maybe,
    promised_first=days,
    promised_last=days,
    address=st.dictionaries(
        st.sampled_from(["name", "line1", "city", "postcode", "country", "province"]), texts
    ),
    items=st.lists(items, max_size=3).map(tuple),
    parcels=st.lists(parcels, max_size=3).map(tuple),
    refunds=st.lists(st.builds(Refund, made_at=moments, amount=amounts), max_size=2).map(tuple),
)


def strings(value: object) -> list[str]:
    """Every text anywhere in what a page says."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in strings(getattr(value, field.name))]
    return [text for one in value for text in strings(one)] if isinstance(value, tuple) else []


@given(order=orders, now=moments, language=st.sampled_from(["en", "it"]))
@settings(max_examples=200, deadline=None)
def test_any_order_has_a_page_without_holes(order: Order, now: datetime, language: str) -> None:
    shown = said(order, language, now)

    assert shown.headline.strip()
    assert shown.lead.strip()
    assert shown.fresh_until > now
    assert not [text for text in strings(shown) if "None" in text]


@given(parcel=parcels.filter(lambda parcel: "%" not in repr(parcel)), now=moments)
@settings(max_examples=100, deadline=None)
def test_no_sentence_is_left_unfinished(parcel: Parcel, now: datetime) -> None:
    for language in ("en", "it"):
        told = " ".join(strings(said(Order(shop=LUNA, placed_at=now, parcels=(parcel,)), language, now)))

        assert not re.search(r"%\(\w+\)", told)


@given(order=orders)
@settings(max_examples=50, deadline=None)
def test_italian_and_english_say_equally_much(order: Order) -> None:
    english, italian = said(order), said(order, "it")

    assert [len(card.steps) for card in english.cards] == [len(card.steps) for card in italian.cards]
    assert len(english.amounts) == len(italian.amounts)
    assert english.headline != italian.headline


def test_of_several_parcels_that_came_the_last_one_is_the_answer() -> None:
    first = Parcel(number="1", carrier="BRT", state="delivered", delivered_at=NOON - 9 * DAY)
    last = replace(first, number="2", delivered_at=NOON - timedelta(hours=2))
    order = Order(shop=LUNA, placed_at=NOON - 14 * DAY, parcels=(first, last))

    assert said(order).headline == "Delivered today at 10:00"
