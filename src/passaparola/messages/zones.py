"""Where somebody probably is, for quiet hours: by their own time zone, else by the country."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

_MAIN = {"ES": "Europe/Madrid", "PT": "Europe/Lisbon", "DE": "Europe/Berlin", "US": "America/Chicago"}
"""Countries of several zones where most people live in, or near, one."""


@lru_cache(maxsize=1000)
def zone_of(own: str, country: str, store: str) -> ZoneInfo:
    """Return the person's zone; the store's where neither the person nor the country tells one."""
    for name in (own, _zone_of_country(country), store):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def _zone_of_country(country: str) -> str:
    zones = get_global("territory_zones").get(country.upper(), [])
    return _MAIN.get(country.upper(), zones[0] if len(zones) == 1 else "")
