"""GLS Italy as a carrier."""

import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode

from passaparola.inbound.source import Posted
from passaparola.tracking import known_carriers
from passaparola.tracking.carrier import Carrier, Poll, TrackerFacts
from passaparola.tracking.carriers.gls_it import answer
from passaparola.tracking.countries import EUROPE
from passaparola.tracking.numbers import number_in, s10_country

ADDRESS = "https://infoweb.gls-italy.com/XML/get_xml_track.php"


class GlsItaly(Carrier):
    name: ClassVar[str] = "GLS"
    answers_polls: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("depot", "contract")
    countries: ClassVar[tuple[str, ...]] = EUROPE

    def is_authentic(self, posted: Posted, secret: str) -> bool:  # noqa: ARG002 - it posts nothing
        return False

    def poll(self, number: str, settings: Mapping[str, str]) -> Poll:
        """Ask with the bare number: the depot's two letters before it go into a parameter of their own."""
        depot, bare = answer.split_number(number_in(number))
        asked = {
            "locpartenza": depot or settings.get("depot", ""),
            "NumSped": bare,
            "CodCli": settings.get("contract", ""),
        }
        return Poll(method="GET", url=f"{ADDRESS}?{urlencode(asked)}", headers={"accept": "application/xml"})

    def read_answer(self, body: bytes, number: str) -> TrackerFacts | None:
        return answer.facts(body, number_in(number))

    def likelihood(self, number: str) -> float | None:
        """Two letters of the depot and nine digits are GLS's own; nine digits alone are also others'.

        Foreign GLS companies number differently, so little else is impossible but a postal number.
        """
        if re.fullmatch(r"[A-Z][A-Z0-9]\d{9}", number):
            return 0.8
        if re.fullmatch(r"\d{9}", number):
            return 0.4
        return 0.1 if re.fullmatch(r"[A-Z0-9]{6,14}", number) and not s10_country(number) else 0.0

    def link(self, number: str, language: str) -> str:
        return known_carriers.link("gls_it", number, language)
