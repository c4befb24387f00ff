"""Letters in, figures out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from passaparola.timemachine.rules.figures import Letter, agreement, differences, tale_of

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)

letters = st.lists(
    st.builds(
        Letter,
        person=st.integers(1, 4),
        kind=st.sampled_from(["tips", "story", "offer"]),
        at=st.integers(0, 60 * 24 * 30).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    ),
    max_size=30,
)


def letter(person, day, **more):
    return Letter(person=person, kind="tips", at=NOON + timedelta(days=day), **more)


def test_the_busiest_person_is_who_got_most_in_any_seven_days():
    spread = [letter(1, day) for day in (0, 8, 16, 24)]
    dense = [letter(2, day) for day in (20, 22, 26)]

    tale = tale_of([*spread, *dense], ROME)

    assert (tale.busiest_person, tale.busiest_week, tale.people, tale.letters) == (2, 3, 2, 7)


def test_days_are_those_of_the_shop():
    late = Letter(person=1, kind="tips", at=datetime(2026, 11, 18, 23, 30, tzinfo=UTC))

    assert str(tale_of([late], ROME).busiest_day) == "2026-11-19"


def test_costs_are_added_and_what_has_no_price_is_counted():
    tale = tale_of([letter(1, 0, cost=Decimal("0.07")), letter(1, 1, cost=None, coupon="CIAO")], ROME)

    assert (tale.cost, tale.unpriced, tale.coupons) == (Decimal("0.07"), 1, 1)


@given(letters)
def test_figures_add_up(given_):
    tale = tale_of(given_, ROME)

    assert tale.by_kind.total() == tale.by_day.total() == tale.letters == len(given_)
    assert tale.busiest_week <= tale.letters
    assert tale.busiest_day_letters == max(tale.by_day.values(), default=0)


@given(letters)
def test_the_same_past_agrees_with_itself_and_shows_no_difference(given_):
    assert agreement(given_, given_) in {1.0, None}
    assert differences(given_, list(reversed(given_))) == []


@given(letters, letters)
def test_whoever_is_different_is_named_once(really, would):
    found = differences(really, would)

    assert len({one.person for one in found}) == len(found)
    assert all(one.really != one.would for one in found)
    assert agreement(really, would) == agreement(would, really)
