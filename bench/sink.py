"""A mail server that takes everything and remembers who was written to, and when."""

import socketserver
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self


class Sink:
    """Listens on loopback for as long as the block lasts. `arrived[address]` holds times (perf_counter)."""

    def __init__(self) -> None:
        self.arrived: dict[str, list[float]] = {}
        self._lock = threading.Lock()
        sink = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                # A client that is killed says no goodbye.
                with suppress(ConnectionError):
                    sink.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 128

        self._server = Server(("127.0.0.1", 0), Session)
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def talk(self, session: socketserver.StreamRequestHandler) -> None:
        """Speak the little of RFC 5321 that a client needs."""
        read, write = session.rfile, session.wfile
        write.write(b"220 sink\r\n")
        recipients: list[str] = []
        while line := read.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                write.write(b"354 go on\r\n")
                while read.readline() not in {b".\r\n", b""}:
                    pass
                self._remember(recipients)
                recipients = []
                write.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                write.write(b"221 bye\r\n")
                return
            else:
                if verb == b"RCPT":
                    recipients.append(line.split(b"<", 1)[1].split(b">", 1)[0].decode().lower())
                write.write(b"250 fine\r\n")

    def _remember(self, recipients: list[str]) -> None:
        at = time.perf_counter()
        with self._lock:
            for address in recipients:
                self.arrived.setdefault(address, []).append(at)
