"""A shop's own name for its customers' pages: `orders.bottegaluna.example` answers for that shop and for no other.

Django's list of allowed hosts is written when the server starts; shops come and change their minds later. So a
host that is not on the list is looked for among the shops', and then only what belongs to customers is shown
there: never the team's pages, never another shop's.
"""

import re
from collections.abc import Callable
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import validate_host

from passaparola.stores.models import Store

FOR_CUSTOMERS = re.compile(r"/(?:[ogfu]/|s/|static/)")
OWN_NAME_OF = "passaparola.own_name_of"
"""Where a request keeps whose name it came to; it is no header, so nobody can send it."""
_KEPT_SECONDS = 30.0
"""How long one web process believes what it has looked up: a new name works half a minute later at the latest."""
_MOST_KEPT = 1000
_SLUGS: dict[str, tuple[float, str]] = {}


def base_url(host: str | None) -> str:
    """Return where a shop's customers find their pages, without a slash at the end."""
    return f"https://{host}" if host else str(settings.PUBLIC_URL)


def slug_at(host: str) -> str:
    """Return the slug of the shop whose name this is; empty for nobody's. Kept for a moment, misses too."""
    now = monotonic()
    found = _SLUGS.get(host)
    if found is None or found[0] < now:
        if len(_SLUGS) >= _MOST_KEPT:  # somebody tries names: forget all rather than grow
            _SLUGS.clear()
        slug = Store.objects.filter(host=host).values_list("slug", flat=True).first() or ""
        found = _SLUGS[host] = (now + _KEPT_SECONDS, slug)
    return found[1]


def shop_at(host: str) -> str | None:
    """Return the slug of the shop that a request's host names; empty for our own, None for nobody's."""
    name = (urlsplit(f"//{host}").hostname or "") if _is_plain(host) else ""
    if not host or (name and validate_host(name, settings.ALLOWED_HOSTS)):
        return ""
    return (slug_at(name) if name else "") or None


def may_show(request: HttpRequest, slug: str) -> bool:
    """Tell whether pages of this shop may be shown here: its links open nothing at another shop's name."""
    return bool(request.META.get(OWN_NAME_OF, slug) == slug)


class Hosts:
    """Middleware: lets requests to shops' own names in, to customers' pages of that shop alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "")
        slug = shop_at(host)
        if not slug:
            return self.get_response(request)  # Django itself refuses what is neither ours nor a shop's
        if request.path == "/":
            return HttpResponseRedirect(f"/s/{slug}/")
        if not _is_theirs(request.path, slug):
            return HttpResponse(status=404)
        request.get_host = lambda: host  # type: ignore[method-assign]  # it was looked up: it is a host of ours
        request.META[OWN_NAME_OF] = slug
        return self.get_response(request)


def _is_plain(host: str) -> bool:
    return len(host) < 260 and re.fullmatch(r"[A-Za-z0-9.-]+(?::\d{1,5})?", host) is not None  # noqa: PLR2004


def _is_theirs(path: str, slug: str) -> bool:
    if not FOR_CUSTOMERS.match(path):
        return False
    return not path.startswith("/s/") or path.startswith((f"/s/{slug}/", "/s/brand.css"))
