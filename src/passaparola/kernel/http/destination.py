"""Where a request of ours may go: an address of the web, resolved to addresses that everybody may reach.

Addresses come from people and from other systems. A server that fetches whatever it is told can be made to
talk to its own database, its neighbours, or the metadata service of its cloud. Pure: text in, answer out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

from passaparola.kernel.http.errors import ForbiddenError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_PORTS = {"http": 80, "https": 443}
_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = (IPv6Network("64:ff9b::/96"), 0), (IPv6Network("2002::/16"), 80)
"""IPv6 networks that carry an IPv4 address inside, and how many bits stand behind it."""
_SAFE = "/?:@!$&'()*+,;=-._~%[]"
"""What stays as it is in a path or query; anything else is escaped, so that no line can be broken."""


@dataclass(frozen=True, slots=True)
class Destination:
    scheme: str
    host: str
    """As names are asked for and certificates made out: lower case, ASCII, without brackets."""
    port: int
    path: str
    """With its query; never empty."""

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def destination_of(url: str) -> Destination:
    """Take an address of the web apart. Raises ForbiddenError for what we don't send requests to."""
    if any(ord(sign) <= ord(" ") or sign in "\\\x7f" for sign in url):
        raise ForbiddenError(_("An address can't have blanks, line breaks or backslashes in it."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ForbiddenError(_("This is no address of the web.")) from None
    if parts.scheme not in _PORTS:
        raise ForbiddenError(_("Only addresses with http:// or https:// are asked."))
    if "@" in parts.netloc:
        raise ForbiddenError(_("An address must not hold a name or password."))
    if port == 0:
        raise ForbiddenError(_("There is no port 0."))
    return Destination(parts.scheme, _host(parts), port or _PORTS[parts.scheme], _path(parts))


def _host(parts: SplitResult) -> str:
    """Return the host as it will be asked for, since that is what has to be checked.

    Full-width digits and dots become plain ones here, before anybody looks at them as a number.
    """
    written = parts.hostname or ""
    if "[" in parts.netloc:
        return _ipv6(written)
    try:
        host = written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    if not host.strip(".") or not all(sign.isalnum() or sign in "-._" for sign in host):
        raise ForbiddenError(_("The address names no host."))
    last = host.rstrip(".").rpartition(".")[2]
    if (last.isdecimal() or last.startswith("0x")) and not _is_plain_ipv4(host):
        # `0177.0.0.1`, `2130706433`, `127.1`: nobody means well with these.
        raise ForbiddenError(_("The address names its host by a number in disguise."))
    return host


def _ipv6(written: str) -> str:
    try:
        address = IPv6Address(written)
    except ValueError:
        raise ForbiddenError(_("The address names no host.")) from None
    if address.scope_id:
        raise ForbiddenError(_("An address must not name a network interface."))
    return str(address)


def _is_plain_ipv4(host: str) -> bool:
    try:
        return bool(IPv4Address(host))
    except ValueError:
        return False


def _path(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return quote(parts.path or "/", safe=_SAFE) + query


def allowed(addresses: Iterable[str], *, host: str, also: Iterable[Network] = ()) -> list[str]:
    """Return the addresses a host name leads to, or raise ForbiddenError when one of them is not public.

    One is enough: a name that leads to the world and into our network at the same time is a trap. `also`
    are networks the one who runs this installation allows; they never come from data.
    """
    found = list(dict.fromkeys(addresses))
    networks = tuple(also)
    for written in found:
        address = plain(ip_address(written))
        if not is_public(address) and not any(address in network for network in networks):
            raise ForbiddenError(
                _("“%(host)s” leads into a private network: it is not asked.") % {"host": host}
            )
    return found


def plain(address: Address) -> Address:
    """Return the IPv4 address where an IPv6 one only wraps it (`::ffff:127.0.0.1`)."""
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def is_public(address: Address) -> bool:
    """Tell whether everybody on the internet reaches the same machine by this address."""
    address = plain(address)
    if isinstance(address, IPv6Address):
        for network, bits in _TRANSLATED:
            if address in network:
                return is_public(IPv4Address(int(address) >> bits & 0xFFFFFFFF))
        if address not in _UNICAST:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
