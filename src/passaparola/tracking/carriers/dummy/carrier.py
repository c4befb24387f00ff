"""The dummy as a carrier."""

import re
from collections.abc import Mapping
from typing import ClassVar

from passaparola.inbound.source import Posted
from passaparola.tracking.carrier import Carrier, Poll, TrackerFacts
from passaparola.tracking.carriers.dummy import signature, translation
from passaparola.tracking.numbers import in_path, number_in

ADDRESS = "https://carrier.example/track/"


class Dummy(Carrier):
    name: ClassVar[str] = "Dummy"
    required_headers: ClassVar[tuple[str, ...]] = (signature.HEADER,)
    posts_webhooks: ClassVar[bool] = True
    answers_polls: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("address",)

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        return signature.is_valid(posted, secret)

    def topic(self, posted: Posted) -> str:  # noqa: ARG002 - there is but one
        return "tracking"

    def read(self, posted: Posted) -> tuple[TrackerFacts, ...]:
        return translation.trackers(posted.body)

    def poll(self, number: str, settings: Mapping[str, str]) -> Poll:
        address = (settings.get("address") or ADDRESS).rstrip("/")
        url = f"{address}/{in_path(number)}"
        return Poll(method="GET", url=url, headers={"accept": "application/json"})

    def read_answer(self, body: bytes, number: str) -> TrackerFacts | None:
        told = translation.trackers(body, asked=number_in(number))
        return told[0] if told else None

    def likelihood(self, number: str) -> float | None:
        return 1.0 if re.fullmatch(r"DUMMY\d+", number) else 0.0
