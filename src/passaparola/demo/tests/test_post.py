"""The demo's post: signed, to this machine only, sometimes twice or late, and nothing gets lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest

from passaparola.demo.payloads.letter import Letter, letter
from passaparola.demo.post import Box, NotHereError, Postman, over_http

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)


@dataclass
class Receiver:
    status: int = 200
    got: list[bytes] = field(default_factory=list)

    def send(self, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        if self.status == 200:
            self.got.append(body)
        return self.status


def some(count: int) -> list[Letter]:
    return [letter("shopify", "orders/create", {"id": number}, NOW) for number in range(count)]


def postman(receiver: Receiver) -> Postman:
    return Postman({("connector", "shopify"): Box("/hooks/x/", "secret")}, receiver.send, Random(4))


@pytest.mark.parametrize("url", ["http://10.0.0.5:8000", "http://shop.example", "https://127.0.0.1:8000"])
def test_the_post_goes_to_this_machine_only(url: str) -> None:
    with pytest.raises(NotHereError, match="this machine only"):
        over_http(url)


def test_letters_come_at_least_once_and_some_twice_or_out_of_order() -> None:
    receiver = Receiver()
    carrier = postman(receiver)

    letters = some(400)
    for each in letters:
        carrier.post((each,), now=NOW)
    carrier.empty_bag(now=NOW)

    assert {each.body for each in letters} == set(receiver.got)
    assert len(receiver.got) > 400
    assert receiver.got != sorted(receiver.got, key=[each.body for each in letters].index)


def test_what_nobody_takes_is_brought_again() -> None:
    receiver = Receiver(status=503)
    carrier = postman(receiver)
    for each in some(5):
        carrier.post((each,), now=NOW)
    receiver.status = 200

    carrier.empty_bag(now=NOW)

    assert len(set(receiver.got)) == 5
    assert carrier.waiting == []


def test_what_is_refused_for_good_is_not_brought_again() -> None:
    receiver = Receiver(status=401)
    carrier = postman(receiver)

    for each in some(5):
        carrier.post((each,), now=NOW)
    carrier.empty_bag(now=NOW)

    assert carrier.waiting == []
