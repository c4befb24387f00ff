"""Servers that speak the formats of carriers, and asking them."""

import json
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection
from passaparola.kernel.http.client import Limits
from passaparola.kernel.http.tests.servers import Asked, Behaviour, Server, answer, authority, reaching
from passaparola.stores.models import Store
from passaparola.tracking.actions import ask_carriers
from passaparola.tracking.tests.shop import Shop

GLS_HOST, POSTE_HOST = "infoweb.gls-italy.com", "www.poste.it"
NUMBER = "RA123456789"


def connect(store: Store, kind: str, **given: str) -> Connection:
    return inbound.connect(store, role="carrier", kind=kind, settings=json.dumps(given))


def gls_says(*rows: tuple[str, str, str, str, str], number: str = "123456789") -> bytes:
    """One row: day, hour, place, state, code. In ISO-8859-1, as GLS writes."""
    names = ("Data", "Ora", "Luogo", "Stato", "Codice")
    told = "".join(
        f"<{name}><![CDATA[{value}]]></{name}>"
        for row in rows
        for name, value in zip(names, row, strict=True)
    )
    xml = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><ELENCO><SPEDIZIONE>'
        f"<NumSped>{number}</NumSped><TRACKING>{told}</TRACKING></SPEDIZIONE></ELENCO>"
    )
    return answer(xml.encode("iso-8859-1"), Content_Type="text/xml; charset=ISO-8859-1")


GLS_UNKNOWN = answer(b"<ELENCO><TESTOERRORE>Nessuna spedizione trovata</TESTOERRORE></ELENCO>")
GLS_ON_THE_VAN = gls_says(
    ("17/11/26", "18.20", "FORLÌ", "PARTITA", "904"), ("18/11/26", "08:05", "MILANO", "IN CONSEGNA", "905")
)


def serving(behave: Behaviour | bytes, host: str = GLS_HOST) -> Server:
    return Server(behave, tls=authority()[0](host))


def ask(server: Server, now: datetime = NOON, limits: Limits | None = None) -> int:
    return ask_carriers(now, client=reaching(server, limits))


def send_many(shop: Shop, count: int) -> list[str]:
    numbers = [f"RA{100_000_000 + n}" for n in range(count)]
    shop.sends(*numbers)
    return numbers


def van_for(asked: Asked) -> bytes:
    number = parse_qs(urlsplit(asked.path).query)["NumSped"][0]
    return gls_says(("18/11/26", "08:05", "MILANO", "IN CONSEGNA", "905"), number=number)
