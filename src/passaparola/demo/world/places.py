"""Where the customers live. Streets and numbers are made up; towns and postcodes fit each other."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    name: str
    postcode: str
    province: str = ""
    country: str = "IT"
    weight: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    name: str
    line1: str
    line2: str
    town: Town
    phone: str


def _towns(country: str, rows: str) -> tuple[Town, ...]:
    """Read `name|postcode|province|weight`, one town a line."""
    towns = []
    for row in rows.strip().splitlines():
        name, postcode, province, weight = (part.strip() for part in row.split("|"))
        towns.append(
            Town(name=name, postcode=postcode, province=province, country=country, weight=int(weight))
        )
    return tuple(towns)


TOWNS: dict[str, tuple[Town, ...]] = {
    "IT": _towns(
        "IT",
        """
        Faenza|48018|RA|5
        Ravenna|48121|RA|5
        Bologna|40125|BO|12
        Imola|40026|BO|4
        Forlì|47121|FC|4
        Rimini|47921|RN|4
        Modena|41121|MO|5
        Milano|20144|MI|20
        Monza|20900|MB|5
        Bergamo|24121|BG|5
        Torino|10128|TO|11
        Genova|16121|GE|6
        Verona|37121|VR|6
        Padova|35122|PD|6
        Venezia|30121|VE|4
        Trento|38122|TN|3
        Firenze|50123|FI|9
        Siena|53100|SI|3
        Perugia|06121|PG|3
        Roma|00184|RM|20
        Ancona|60121|AN|3
        Pescara|65121|PE|3
        Napoli|80121|NA|9
        Bari|70121|BA|6
        Lecce|73100|LE|3
        Reggio Calabria|89121|RC|2
        Palermo|90139|PA|5
        Catania|95124|CT|4
        Cagliari|09124|CA|4
        Sassari|07100|SS|2
        """,
    ),
    "DE": _towns(
        "DE", "Berlin|10405||6\nMünchen|80331||7\nHamburg|20095||4\nKöln|50667||3\nStuttgart|70173||3"
    ),
    "AT": _towns("AT", "Wien|1070||4\nInnsbruck|6020||2"),
    "CH": _towns("CH", "Zürich|8001|ZH|4\nLugano|6900|TI|3"),
    "FR": _towns("FR", "Paris|75011||5\nLyon|69002||3\nNice|06000||2"),
    "ES": _towns("ES", "Madrid|28004|M|4\nBarcelona|08013|B|4\nValencia|46002|V|2"),
    "NL": _towns("NL", "Amsterdam|1012 AB||3\nUtrecht|3511 AD||2"),
    "GB": _towns("GB", "London|E8 3RL||7\nBristol|BS1 4DJ||3\nEdinburgh|EH1 1YZ||3\nBath|BA1 1LZ||2"),
    "US": _towns("US", "Brooklyn|11211|NY|3\nPortland|97209|OR|2\nChicago|60607|IL|2"),
}

_STREETS: dict[str, tuple[str, ...]] = {
    "IT": (
        "via Tortona {n}", "via Garibaldi {n}", "corso Mazzini {n}", "via Emilia Levante {n}", "viale Marconi {n}",
        "piazza della Libertà {n}", "via dei Mille {n}", "via San Martino {n}", "vicolo Stretto {n}", "via Verdi {n}",
        "via Torricelli {n}", "largo Augusto {n}",
    ),
    "DE": ("Lindenstraße {n}", "Kastanienallee {n}", "Gartenweg {n}", "Am Markt {n}"),
    "AT": ("Neubaugasse {n}", "Bergstraße {n}"),
    "CH": ("Seestrasse {n}", "via Nassa {n}"),
    "FR": ("{n} rue des Lilas", "{n} avenue Parmentier", "{n} rue du Port"),
    "ES": ("Calle Mayor {n}", "Calle del Olmo {n}", "Carrer de Mallorca {n}"),
    "NL": ("Prinsengracht {n}", "Oudegracht {n}"),
    "GB": ("{n} Mare Street", "{n} Park Row", "{n} Rose Crescent", "{n} Mill Lane"),
    "US": ("{n} Bedford Ave", "{n} NW Lovejoy St", "{n} W Fulton Market"),
}  # fmt: skip

_PHONES = {
    "IT": "+39 33{a} 55{b:05d}",
    "DE": "+49 1512 34{b:05d}",
    "AT": "+43 660 12{b:05d}",
    "CH": "+41 78 555 {b:04d}",
    "FR": "+33 6 39 98 {b:04d}",
    "ES": "+34 612 55{b:04d}",
    "NL": "+31 6 12{b:06d}",
    "GB": "+44 7700 9{b:05d}",
    "US": "+1 718 555 01{a}{a}",
}
"""Shaped like real ones; where a country keeps numbers for fiction, those."""


def some_town(rng: Random, country: str) -> Town:
    towns = TOWNS[country]
    return rng.choices(towns, [town.weight for town in towns])[0]


def some_street(rng: Random, country: str) -> str:
    return rng.choice(_STREETS[country]).format(n=rng.randint(1, 140))


def some_phone(rng: Random, country: str) -> str:
    most = 9999 if country in {"CH", "FR", "ES"} else 89999
    return _PHONES[country].format(a=rng.randint(0, 9), b=rng.randint(1000, most))
