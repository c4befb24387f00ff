"""Prepared requests over a few kept connections, as a shop system under load sends them."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fired:
    seconds: float
    statuses: dict[int, int]


def post(port: int, path: str, headers: dict[str, str], body: bytes) -> bytes:
    """Return the bytes of one request."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def fire(port: int, requests: Sequence[bytes], *, connections: int = 8) -> Fired:
    """Send everything over so many connections at once; one request a connection at a time."""
    shares = [requests[i::connections] for i in range(connections)]
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        counted = list(pool.map(lambda share: _fire(port, share), shares))
    statuses: dict[int, int] = {}
    for counts in counted:
        for status, count in counts.items():
            statuses[status] = statuses.get(status, 0) + count
    return Fired(time.perf_counter() - started, statuses)


def _fire(port: int, requests: Sequence[bytes]) -> dict[int, int]:
    statuses: dict[int, int] = {}
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            line.sendall(request)
            status = read_answer(line)
            statuses[status] = statuses.get(status, 0) + 1
    return statuses


def read_answer(line: socket.socket) -> int:
    """Read one HTTP answer to its end and return its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(65536)
        if not part:
            raise ConnectionError("The server hung up.")
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    length = 0
    for name_value in head.lower().split(b"\r\n"):
        if name_value.startswith(b"content-length:"):
            length = int(name_value.partition(b":")[2])
    while len(rest) < length:
        rest += line.recv(65536)
    return int(head.split(b" ", 2)[1])
