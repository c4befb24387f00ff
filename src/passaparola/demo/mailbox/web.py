"""The mailbox's small web server, on this machine only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import parse_qs, urlsplit

from passaparola.demo.mailbox import pages
from passaparola.demo.mailbox.kept import Kept

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    body: bytes
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Security-Policy": pages.CSP})


def answer(kept: Kept, address: str) -> Answer:
    """Answer a GET."""
    parts = urlsplit(address)
    if parts.path == "/":
        language = parse_qs(parts.query).get("language", [""])[0]
        return _html(pages.listing(kept.newest_first(language), kept.languages(), language))
    if parts.path == "/style.css":
        return Answer(HTTPStatus.OK, pages.STYLE.encode(), "text/css; charset=utf-8")
    _, _, rest = parts.path.partition("/mail/")
    number, _, what = rest.partition("/")
    mail = kept.find(int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None  # noqa: PLR2004
    if mail is None or what not in {"", "html", "raw"}:
        return Answer(HTTPStatus.NOT_FOUND, b"There is nothing at this address.", "text/plain; charset=utf-8")
    if what == "raw":
        return Answer(HTTPStatus.OK, mail.raw, "text/plain; charset=utf-8")
    if what == "html":
        html = pages.opening_elsewhere(mail.html)
        return Answer(HTTPStatus.OK, html.encode(), headers={"Content-Security-Policy": pages.MAIL_CSP})
    return _html(pages.one(mail))


def _html(page: str) -> Answer:
    return Answer(HTTPStatus.OK, page.encode("utf-8", "replace"))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, kept: Kept) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.kept = kept


class _Handler(BaseHTTPRequestHandler):
    server_version = "mailbox"
    sys_version = ""

    def do_GET(self) -> None:
        given = self.headers.get("Host", "")
        # A page elsewhere could have its own name lead here, and then read what we answer.
        if given.rpartition(":")[0] not in _THIS_MACHINE and given not in _THIS_MACHINE:
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, b"Not here.", "text/plain; charset=utf-8"))
            return
        self._send(answer(cast("Server", self.server).kept, self.path))

    def _send(self, made: Answer) -> None:
        self.send_response(made.status)
        safe = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        length = str(len(made.body))
        for name, value in {
            "Content-Type": made.kind,
            "Content-Length": length,
            **safe,
            **made.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(made.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the demo's lines are about orders."""
