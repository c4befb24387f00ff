"""The page of the time machine."""

import pytest
from tests.pages import Asked, StaffPages

from passaparola.timemachine import urls


@pytest.fixture
def world(luna, chiara, sara, giulia):
    return luna


class TestTimeMachinePages(StaffPages):
    urls = urls
    addresses = {"travel": Asked(is_for_owners=True, found=("90 days",))}
    own = ("Moretti", "giulia", "BL-")


@pytest.mark.parametrize(
    "query",
    ["days=30", "days=90&journey=ready:tips_and_stories", "days=30&journey=ready:we_miss_you&campaign="],
)
def test_the_past_is_gone_through_with_what_was_chosen(client, chiara, query):
    client.force_login(chiara)

    answer = client.get(f"/office/time-machine/?{query}")

    assert answer.status_code == 200
    assert 'id="trip"' in answer.content.decode()


def test_a_journey_of_another_shop_is_no_choice(client, chiara, stranger):
    client.force_login(chiara)

    answer = client.get("/office/time-machine/?days=30&journey=version:999999")

    assert answer.status_code == 400


def test_numbers_out_of_bounds_are_said_kindly(client, chiara):
    client.force_login(chiara)

    answer = client.get("/office/time-machine/?days=30&policy=on&quiet_from=25:99")

    assert answer.status_code == 400
    assert 'id="trip"' not in answer.content.decode()
