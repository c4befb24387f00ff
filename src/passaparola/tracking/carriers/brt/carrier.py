"""BRT as a carrier."""

import re
from collections.abc import Mapping
from typing import ClassVar

from passaparola.inbound.source import Posted
from passaparola.tracking import known_carriers
from passaparola.tracking.carrier import Carrier, Poll, TrackerFacts
from passaparola.tracking.carriers.brt import answer
from passaparola.tracking.countries import EUROPE
from passaparola.tracking.numbers import in_path, number_in

ADDRESS = "https://api.brt.it/rest/v1/tracking/parcelID/"


class Brt(Carrier):
    name: ClassVar[str] = "BRT"
    answers_polls: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("user", "password")
    countries: ClassVar[tuple[str, ...]] = EUROPE

    def is_authentic(self, posted: Posted, secret: str) -> bool:  # noqa: ARG002 - it posts nothing
        return False

    def poll(self, number: str, settings: Mapping[str, str]) -> Poll:
        headers = {
            "userID": settings.get("user", ""),
            "password": settings.get("password", ""),
            "accept": "application/json",
        }
        return Poll(method="GET", url=ADDRESS + in_path(number), headers=headers)

    def read_answer(self, body: bytes, number: str) -> TrackerFacts | None:
        return answer.facts(body, number_in(number))

    def likelihood(self, number: str) -> float | None:
        """Fifteen digits are a parcel of BRT; its consignments have twelve, as others' do."""
        if re.fullmatch(r"\d{15}", number):
            return 0.7
        if re.fullmatch(r"\d{12}", number):
            return 0.4
        return 0.1 if re.fullmatch(r"\d{7,19}", number) else 0.0

    def link(self, number: str, language: str) -> str:
        return known_carriers.link("brt", number, language)
