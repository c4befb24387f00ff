"""Where a request comes from, for counting tries."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def source_of(request: HttpRequest) -> str:
    """The network address of whoever asks; what a proxy of ours passes on is believed, of others it is not.

    Proxies append, so the last address that is none of ours is the one nobody could invent. An IPv6 home has
    2^64 addresses: it counts as one.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    if _is_ours(seen[0]):
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")] + seen
    outside = next((address for address in reversed(seen) if address and not _is_ours(address)), seen[-1])
    try:
        found = ip_address(outside)
    except ValueError:
        return "unknown"
    return str(found) if found.version == 4 else str(found.exploded)[:19]  # noqa: PLR2004 - IP version


def _is_ours(address: str) -> bool:
    try:
        return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False
