"""Poste Italiane as a carrier."""

import json
import re
from collections.abc import Mapping
from typing import ClassVar

from passaparola.inbound.source import Posted
from passaparola.tracking import known_carriers
from passaparola.tracking.carrier import Carrier, Poll, TrackerFacts
from passaparola.tracking.carriers.poste_it import answer
from passaparola.tracking.numbers import is_valid_s10, number_in, s10_country

ADDRESS = "https://www.poste.it/online/dovequando/DQ-REST/ricercasemplice"

_SHAPES = (
    (r"[0-9A-Z]{3}[A-Z]\d{10}", 0.6),  # Poste Delivery: 2IUP0305509221
    (r"[A-Z]{2}\d{9}[A-Z]{2}", 0.0),  # a postal number with a wrong check digit is nobody's
    (r"\d{12}", 0.4),  # registered mail inside Italy; others use twelve digits too
    (r"\d{13}", 0.4),  # SDA
    (r"[0-9A-Z]{13}", 0.3),
    (r"[0-9A-Z]{9,22}", 0.1),  # Poste has more products than anybody has listed
)


class PosteItaliane(Carrier):
    name: ClassVar[str] = "Poste Italiane"
    answers_polls: ClassVar[bool] = True

    def is_authentic(self, posted: Posted, secret: str) -> bool:  # noqa: ARG002 - it posts nothing
        return False

    def poll(self, number: str, settings: Mapping[str, str]) -> Poll:  # noqa: ARG002 - the page is public
        asked = {"tipoRichiedente": "WEB", "codiceSpedizione": number_in(number), "periodoRicerca": 1}
        headers = {"content-type": "application/json", "accept": "application/json"}
        return Poll(method="POST", url=ADDRESS, headers=headers, body=json.dumps(asked).encode())

    def read_answer(self, body: bytes, number: str) -> TrackerFacts | None:
        return answer.facts(body, number_in(number))

    def likelihood(self, number: str) -> float | None:
        """A right check digit and `IT` is Poste's own; other posts' parcels come through Poste as well."""
        if is_valid_s10(number):
            return 1.0 if s10_country(number) == "IT" else 0.4
        return next((fits for shape, fits in _SHAPES if re.fullmatch(shape, number)), 0.0)

    def link(self, number: str, language: str) -> str:
        return known_carriers.link("poste_it", number, language)
