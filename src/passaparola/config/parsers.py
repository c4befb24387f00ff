"""From the text of an environment variable to a value; each raises ValueError for what it can't read."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from ipaddress import ip_address as parse_ip
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

SHORTEST_SECRET = 32


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number in a range, both ends included."""

    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return parse


def one_of(*allowed: str) -> Callable[[str], str]:
    """One of some words, in any case."""

    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(text)
        return text.lower()

    return parse


def words(text: str) -> tuple[str, ...]:
    """Words with commas between them."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def ip_address(text: str) -> str:
    """An address of either family, as it was written."""
    return str(parse_ip(text))


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks with commas between them; one address is a network of one."""
    return tuple(ip_network(word, strict=False) for word in words(text))


def base_url(text: str) -> str:
    """`https://shop.example`, with or without a slash at its end."""
    parts = urlsplit(text)
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    _ = parts.port  # raises where it is no number
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
        raise ValueError(text)
    return f"{parts.scheme}://{parts.netloc}"


def web_address(text: str) -> str:
    """Any address of the web; without `https://` in front it is added."""
    address = text if "://" in text else f"https://{text}"
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"“{text}” is no address such as https://shop.example.")
    return address


def long_secret(text: str) -> str:
    """A key nobody can guess."""
    if len(text) < SHORTEST_SECRET:
        raise ValueError("it is too short")
    return text


def time_zone(text: str) -> ZoneInfo:
    """A name of the time zone database."""
    try:
        return ZoneInfo(text)
    except (LookupError, OSError):  # a folder's name such as "Europe" is an OSError
        raise ValueError(text) from None
