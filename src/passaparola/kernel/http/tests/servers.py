"""Real small servers on loopback that answer, drip, hang, lie or hang up, and clients that reach them."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from passaparola.kernel.http.client import Client, Limits

PUBLIC = "93.184.215.14"
"""What the test's names are said to lead to; the dialling then goes to loopback."""


class Asked:
    """One request as it came."""

    def __init__(self, data: bytes) -> None:
        head, _, self.body = data.partition(b"\r\n\r\n")
        self.line, *rest = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = self.line.split(" ")
        self.headers = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)
        }


Behaviour = Callable[[socket.socket, Asked], None]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}\r\n" for name, value in ({"Content-Length": str(len(body))} | named).items()]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode() + body


class Server:
    """Listens while the `with` lasts; `asked` keeps every request."""

    def __init__(
        self, behave: Behaviour | bytes, tls: ssl.SSLContext | None = None, greeting: bytes = b""
    ) -> None:
        fixed = behave if isinstance(behave, bytes) else b""
        self.behave = (lambda line, _: line.sendall(fixed)) if isinstance(behave, bytes) else behave
        self.tls = tls
        self.greeting = greeting
        """Said before anything was asked, as a mail server does."""
        self.asked: list[Asked] = []
        self.ending = threading.Event()
        """Set at the end: a hanging behaviour waits for it."""
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self._listen)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()  # wakes accept()
        self.thread.join(5)
        self.listening.close()

    def _listen(self) -> None:
        while not self.ending.is_set():
            line, _ = self.listening.accept()
            with line, suppress(OSError):
                line.settimeout(5)
                line.sendall(self.greeting)
                spoken = self.tls.wrap_socket(line, server_side=True) if self.tls else line
                with spoken:
                    self._serve(spoken)

    def _serve(self, line: socket.socket) -> None:
        data = b""
        while not _is_whole(data):
            if not (more := line.recv(65536)):
                return
            data += more
        self.asked.append(Asked(data))
        self.behave(line, self.asked[-1])


def _is_whole(data: bytes) -> bool:
    if b"\r\n\r\n" not in data:
        return False
    asked = Asked(data)
    return len(asked.body) >= int(asked.headers.get("content-length", 0))


def reaching(server: Server, limits: Limits | None = None, tls: ssl.SSLContext | None = None) -> Client:
    """Return a client for which every name is a public host, and whose calls all end at this server."""
    return Client(
        limits=limits or Limits(connect=2, total=5, bytes=100_000),
        tls=tls or authority()[1],
        resolve=lambda host, port: [PUBLIC],
        dial=lambda address, port, seconds: socket.create_connection(("127.0.0.1", server.port), seconds),
    )


@cache
def authority() -> tuple[Callable[[str], ssl.SSLContext], ssl.SSLContext]:
    """Make an authority: a maker of servers' contexts by host name, and the context of who believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bottega test authority")])
    root = _certificate(name, name, key, key, x509.BasicConstraints(ca=True, path_length=0))
    believing = ssl.create_default_context(cadata=root.public_bytes(serialization.Encoding.PEM).decode())

    @cache
    def serving(host: str) -> ssl.SSLContext:
        import tempfile

        own = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        leaf = _certificate(subject, name, own, key, names)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile() as file:  # the only way in for OpenSSL
            file.write(leaf.public_bytes(serialization.Encoding.PEM))
            file.write(
                own.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )
            file.flush()
            context.load_cert_chain(file.name)
        return context

    return serving, believing


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signing: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        .sign(signing, hashes.SHA256())
    )
