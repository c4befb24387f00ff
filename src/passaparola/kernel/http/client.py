"""Asking others over HTTP: the one way out, for carriers, channels, providers and webhooks alike.

It connects to the very address it has checked, so a name that leads elsewhere a moment later changes
nothing. It knows no proxies, keeps no cookies, and never tries twice: whoever asks knows if that is safe.
"""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from passaparola import __version__
from passaparola.kernel.http import trust, wire
from passaparola.kernel.http.destination import Destination, Network, allowed, destination_of
from passaparola.kernel.http.errors import BadAnswerError, ForbiddenError, RequestError, failure

LONGEST_PAUSE = timedelta(days=1)
"""Whoever asks us to wait longer is asked again after that all the same."""
_REDIRECTS = {301, 302, 303, 307, 308}
_NEVER_GIVEN = {"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}
"""Headers that would say something else than what is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    connect: float = 5.0
    """Seconds until somebody has picked up."""
    total: float = 15.0
    """Seconds until the last byte of the answer."""
    bytes: int = 2 * 1024 * 1024
    """The largest body of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def retry_after(self, now: datetime) -> timedelta | None:
        """How long we are asked to wait (429, 503), in either of the two ways it can be written."""
        said = self.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdecimal():
            pause = timedelta(seconds=min(int(said[:9]), LONGEST_PAUSE.total_seconds()))
        else:
            try:
                until = parsedate_to_datetime(said)
            except ValueError:
                return None
            pause = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
        return min(max(pause, timedelta()), LONGEST_PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Stateless: one serves all threads. `also` are private networks that may be asked; never from data."""

    limits: Limits = Limits()
    also: tuple[Network, ...] = ()
    tls: ssl.SSLContext = field(default_factory=trust.context)
    resolve: wire.Resolve = wire.look_up
    dial: wire.Dial = wire.dial

    def send(self, request: Request, *, redirects: int = 0) -> Answer:
        """Send one request and return the answer. Raises RequestError where there is none.

        Redirects are answers like others unless so many are to be followed; each is checked like the first.
        """
        deadline = wire.Deadline(self.limits.total)
        for _hop in range(redirects):
            answer = self._send(request, deadline)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            request = _redirected(request, answer)
        return self._send(request, deadline)

    def _send(self, request: Request, deadline: wire.Deadline) -> Answer:
        where = destination_of(request.url)
        under_way: list[bool] = []
        try:
            return self._exchange(where, request, deadline, under_way)
        except RequestError as error:
            error.may_have_arrived = bool(under_way)
            raise
        except (OSError, HTTPException, ValueError) as error:
            failed = failure(error, where.host)
            failed.may_have_arrived = bool(under_way)
            raise failed from None

    def _exchange(
        self, where: Destination, request: Request, deadline: wire.Deadline, under_way: list[bool]
    ) -> Answer:
        headers = _headers(request)
        if not request.method.isalpha():
            raise ValueError
        with self._connected(where, deadline) as line:
            under_way.append(True)
            connection = wire.Connection(where, line, deadline)
            connection.request(request.method, where.path, body=request.body or None, headers=headers)
            with connection.getresponse() as response:
                return _read(response, where.host, self.limits.bytes)

    def _connected(self, where: Destination, deadline: wire.Deadline) -> socket.socket:
        """Connect to the first checked address that picks up: a host may have one that we can't reach."""
        picking_up = wire.Deadline(min(self.limits.connect, deadline.left()))
        found = wire.resolved(self.resolve, where, picking_up)
        refusal: OSError = ConnectionError()
        for address in allowed(found, host=where.host, also=self.also):
            try:
                line = self.dial(address, where.port, picking_up.left())
                line.settimeout(picking_up.left())
                return wire.secured(line, where.host, self.tls) if where.scheme == "https" else line
            except OSError as error:
                refusal = error
        raise refusal


def _headers(request: Request) -> dict[str, str]:
    """Add who we are, and that we want the bytes as they are: what is packed small may unfold without end."""
    given = {name.lower(): value for name, value in request.headers.items()}
    if given.keys() & _NEVER_GIVEN:
        raise ValueError
    own = {
        "user-agent": f"Passaparola/{__version__}",
        "accept-encoding": "identity",
        "connection": "close",
    }
    return own | given


def _read(response: HTTPResponse, host: str, most: int) -> Answer:
    body = response.read(most + 1)
    if len(body) > most:
        raise BadAnswerError(
            _("“%(host)s” answers with more than %(size)s KB.") % {"host": host, "size": most // 1024}
        )
    if response.length:
        raise BadAnswerError(_("“%(host)s” breaks off in the middle of its answer.") % {"host": host})
    headers = {name.lower(): value for name, value in response.getheaders()}
    if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise BadAnswerError(
            _("“%(host)s” answers in a packed form that was not asked for.") % {"host": host}
        )
    return Answer(status=response.status, headers=headers, body=body)


def _redirected(request: Request, answer: Answer) -> Request:
    """Return the next request. Headers (keys, passwords) go to the first origin only, bodies nowhere else."""
    before = destination_of(request.url)
    url = urljoin(request.url, answer.headers["location"])
    after = destination_of(url)
    if request.method not in {"GET", "HEAD"}:
        raise ForbiddenError(
            _("“%(host)s” sends us elsewhere, and only questions are repeated there.") % {"host": before.host}
        )
    if (before.scheme, after.scheme) == ("https", "http"):
        raise ForbiddenError(
            _("“%(host)s” sends us to an address without encryption.") % {"host": before.host}
        )
    return replace(request, url=url, headers=request.headers if after.origin == before.origin else {})


@cache
def outgoing() -> Client:
    """Return the client that the product uses, with what the settings allow."""
    from django.conf import settings

    return Client(also=settings.OUTGOING_ALLOWED)
