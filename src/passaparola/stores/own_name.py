"""Whether a shop's own name leads here: every link in its mails begins with it.

Asked from here through the guarded client. Whoever asks for `/` there is sent on to the shop's own pages (`hosts.py`),
which nobody else's server would do.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from passaparola.kernel.http.client import Client, Limits, Request, outgoing
from passaparola.kernel.http.errors import ForbiddenError, RequestError
from passaparola.stores.models import Store

LIMITS = Limits(connect=3, total=5, bytes=64 * 1024)
RESERVED = ("example", "test", "invalid", "localhost", "local", "example.com", "example.net", "example.org")
"""For examples and tests (RFC 2606): nobody can prove anything there."""
_AWAY = range(502, 505)
"""What proxies say where nobody behind them answers."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found."""

    leads_here: bool
    says: str
    is_certain: bool = True
    """Somebody elsewhere would find the same: not so inside a network that leads to itself by another way."""


def look(store: Store, *, client: Client | None = None) -> Look:
    """Ask a shop's own name who it is."""
    host = str(store.host)
    if is_for_examples(host):
        says = _("“%(host)s” is a name for examples, which nobody can have: it is not asked.") % {
            "host": host
        }
        return Look(leads_here=False, says=says, is_certain=False)
    asked = client or replace(outgoing(), limits=LIMITS)
    try:
        answer = asked.send(Request(method="GET", url=f"https://{host}/"))
    except ForbiddenError as error:
        return Look(leads_here=False, says=str(error), is_certain=False)
    except RequestError as error:
        return Look(leads_here=False, says=str(error))
    if answer.headers.get("location", "").removeprefix(f"https://{host}") == f"/s/{store.slug}/":
        return Look(leads_here=True, says=_("“%(host)s” leads to the pages of this shop.") % {"host": host})
    if answer.status in _AWAY:
        words = _("“%(host)s” answers, but nobody behind it does (%(status)d): is Passaparola running?")
        return Look(leads_here=False, says=words % {"host": host, "status": answer.status}, is_certain=False)
    words = _("“%(host)s” answers, but not with the pages of this shop (%(status)d).")
    return Look(leads_here=False, says=words % {"host": host, "status": answer.status})


def is_for_examples(name: str) -> bool:
    """Tell whether a name is one that nobody can have."""
    return name in RESERVED or name.endswith(tuple(f".{one}" for one in RESERVED))
