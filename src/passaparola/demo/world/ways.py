"""How parcels travel from Faenza: which carrier, how long, through which places."""

from dataclasses import dataclass
from random import Random

from passaparola.demo.world.places import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    key: str
    name: str
    """As the shop writes it."""
    service: str
    aftership: str
    """Its slug at AfterShip; empty where EasyPost tells the steps."""
    easypost: str = ""
    page: str = ""


BRT = Carrier(
    key="brt",
    name="BRT",
    service="Express",
    aftership="brt-it",
    page="https://vas.brt.it/vas/sped_det_show.hsm?Nspediz={number}",
)
GLS = Carrier(
    key="gls_it",
    name="GLS Italy",
    service="BusinessParcel",
    aftership="gls-italy",
    page="https://gls-group.com/IT/it/servizi-online/ricerca-spedizioni?match={number}",
)
POSTE = Carrier(
    key="poste_it",
    name="Poste Italiane",
    service="Poste Delivery Business Standard",
    aftership="poste-italiane",
    page="https://www.poste.it/cerca/index.html#/risultati-spedizioni/{number}",
)
DHL = Carrier(
    key="dhl",
    name="DHL Express",
    service="Express Worldwide",
    aftership="",
    easypost="DHLExpress",
    page="https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
)
CARRIERS = (BRT, GLS, POSTE, DHL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A lane: what usually happens between Faenza and a destination."""

    carrier: Carrier
    least: int
    """Working days from pick-up to the first delivery tour."""
    most: int
    hubs: tuple[tuple[str, str], ...]
    """(place, country) passed before the last depot."""
    has_customs: bool = False
    late_share: float = 0.08
    """How often it takes longer than `most`."""
    is_same_day: bool = False


SAME_DAY = {"Faenza", "Imola", "Ravenna", "Bologna", "Forlì"}
"""Towns with delivery on the day: BRT's evening tour in Romagna."""
_BOLOGNA = ("Bologna", "IT")


def way_to(town: Town) -> Way:
    if town.country == "IT":
        return _ITALIAN.get(town.province, _NORTH)
    return _ABROAD.get(town.country, _UNION)


_NORTH = Way(carrier=BRT, least=1, most=2, hubs=(_BOLOGNA,), late_share=0.06)
_SOUTH = Way(carrier=GLS, least=2, most=3, hubs=(_BOLOGNA, ("Roma", "IT")), late_share=0.1)
_SICILY = Way(carrier=POSTE, least=3, most=5, hubs=(_BOLOGNA, ("Palermo", "IT")), late_share=0.14)
_SARDINIA = Way(carrier=POSTE, least=3, most=5, hubs=(_BOLOGNA, ("Olbia", "IT")), late_share=0.14)
_GERMAN = Way(carrier=GLS, least=2, most=4, hubs=(_BOLOGNA, ("München", "DE")), late_share=0.09)
_UNION = Way(carrier=DHL, least=3, most=5, hubs=(_BOLOGNA, ("Leipzig", "DE")), late_share=0.07)
_ITALIAN = {
    **dict.fromkeys(("NA", "BA", "LE", "RC", "PE"), _SOUTH),
    **dict.fromkeys(("PA", "CT"), _SICILY),
    **dict.fromkeys(("CA", "SS"), _SARDINIA),
}
_ABROAD = {
    "DE": _GERMAN,
    "AT": _GERMAN,
    "GB": Way(carrier=DHL, least=3, most=6, hubs=(_BOLOGNA, ("East Midlands", "GB")), has_customs=True),
    "CH": Way(carrier=DHL, least=2, most=5, hubs=(_BOLOGNA, ("Basel", "CH")), has_customs=True),
    "US": Way(carrier=DHL, least=5, most=9, hubs=(_BOLOGNA, ("Cincinnati", "US")), has_customs=True),
}


def number_for(rng: Random, carrier: Carrier, serial: int) -> str:
    """Make a tracking number of the carrier's shape; `serial` makes it the only one."""
    if carrier is BRT:
        return f"0480{serial:08d}{rng.randint(0, 999):03d}"
    if carrier is GLS:
        return f"R5{serial:08d}"
    if carrier is POSTE:
        return f"5P{serial:011d}"
    digits = f"{31_000_000 + serial:09d}"
    return digits + str(int(digits) % 7)  # a waybill ends with the rest of a division by seven
