"""One connection to one checked address, which ends when its time is up however slowly bytes drip in."""

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from threading import Thread

from django.utils.translation import gettext as _

from passaparola.kernel.http.destination import Destination
from passaparola.kernel.http.errors import UnreachableError

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to addresses; raises OSError for a name there is not."""
Dial = Callable[[str, int, float], socket.socket]
"""Address, port and seconds to a connected socket."""


class Deadline:
    """A moment on the clock that nobody can set back."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, or raise TimeoutError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def look_up(host: str, port: int) -> Sequence[str]:
    """Ask the system for a host's addresses."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to exactly this address: it is none that would be looked up again."""
    return socket.create_connection((address, port), timeout=seconds)


def resolved(resolve: Resolve, where: Destination, deadline: Deadline) -> Sequence[str]:
    """Look a host up in time. The system's own resolver knows no limit, so it is left behind if it hangs."""
    found: list[Sequence[str]] = []

    def ask() -> None:
        try:
            found.append(resolve(where.host, where.port))
        except (OSError, UnicodeError):
            found.append([])

    thread = Thread(target=ask, name="resolver", daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not found:
        raise TimeoutError
    if not found[0]:
        raise UnreachableError(_("There is no host “%(host)s”.") % {"host": where.host})
    return found[0]


class TimedSocket:
    """As much of a socket as `http.client` uses, each operation getting only the time that is left."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line = line
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(self._deadline.left())
        self._line.sendall(data)

    def makefile(self, mode: str = "rb") -> io.BufferedReader:  # noqa: ARG002 - it is only ever read
        return io.BufferedReader(_Reading(self._line, self._deadline))

    def close(self) -> None:
        """Leave it open: `http.client` closes its socket when only the answer is still to be read."""


class _Reading(io.RawIOBase):
    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._line = line
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override] # any buffer will do
        self._line.settimeout(self._deadline.left())
        return self._line.recv_into(buffer)


class Connection(HTTPConnection):
    """HTTP over a socket that is given, to the host by its name."""

    def __init__(self, where: Destination, line: socket.socket, deadline: Deadline) -> None:
        super().__init__(where.host, where.port)
        self.default_port = {"http": 80, "https": 443}[where.scheme]  # left out of the Host header
        self.sock = TimedSocket(line, deadline)

    def connect(self) -> None:
        """Never connect anew: it would be to wherever the name leads by then."""
        raise ConnectionError


def secured(line: socket.socket, host: str, tls: ssl.SSLContext) -> socket.socket:
    """Speak TLS with the host by its name: the certificate has to be made out to it, not to the address."""
    try:
        return tls.wrap_socket(line, server_hostname=host.rstrip("."))
    except BaseException:
        line.close()
        raise
