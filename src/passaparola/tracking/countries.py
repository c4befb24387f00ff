"""Countries as carriers write them: two letters, three letters, a name; and the time their clocks show."""

from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import Locale, get_global

_EUROPE = (
    "AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC ME MK MT NL NO "
    "PL PT RO RS SE SI SK SM TR UA VA XK"
)
EUROPE = tuple(_EUROPE.split())
"""Where Italian couriers deliver by themselves or with partners on the road."""

_MAIN_ZONE = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
}
"""Where several zones exist but nearly every parcel knows one of them."""


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("it", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == len("IT") and code.isalpha():
                found.setdefault(name.casefold(), code)
    return found


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in _names().values() if code not in {"ZZ", "EU", "EZ", "UN", "XA", "XB"})


def country_in(written: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of `IT`, `ITA`, `UK`, `Italy` or `SVIZZERA`; empty if unknown."""
    wanted = written.strip().upper()
    if wanted in _codes():
        return wanted
    if len(wanted) in (2, 3):
        alias: list[str] = get_global("territory_aliases").get(wanted) or [""]
        return alias[0] if alias[0] in _codes() else ""
    return _names().get(written.strip().casefold(), "")


@cache
def zone_of(country: str) -> tzinfo | None:
    """Return the zone of a country that has one for nearly everybody, else None (the United States)."""
    zones: list[str] = get_global("territory_zones").get(country) or []
    name = _MAIN_ZONE.get(country) or (zones[0] if len(zones) == 1 else "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
