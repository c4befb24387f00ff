"""A mail server on loopback, real but for what it is told to answer."""

import socket
import threading
import time
from contextlib import contextmanager, suppress


class Server:
    """Speaks SMTP; `script` maps a verb or an address to the answer given instead of a yes."""

    def __init__(self, *, pipelines=True, port=0):
        self.pipelines = pipelines
        self.script = {}
        self.mails = []
        self.connections = 0
        self.hangs_up_after = None
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = self._listener.getsockname()[1]
        self._open = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(line)
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line):
        with line, line.makefile("rwb") as file:

            def say(text):
                file.write(text.encode() + b"\r\n")
                file.flush()

            say("220 loopback")
            recipient = ""
            try:
                for raw in file:
                    words = raw.decode().strip()
                    verb = words[:4].upper()
                    if verb == "EHLO":
                        say("250-loopback")
                        say("250 PIPELINING" if self.pipelines else "250 SIZE 1000000")
                        continue
                    if verb == "RCPT":
                        recipient = words.partition("<")[2].rstrip(">")
                    told = self.script.get(verb) or (self.script.get(recipient) if verb == "RCPT" else None)
                    if verb == "DATA" and not told:
                        say("354 go on" if recipient else "503 for whom?")
                        if recipient and not self._take(file, recipient, say):
                            return
                        recipient = ""
                        continue
                    if told and verb == "RCPT":
                        recipient = ""
                    say(told or "250 fine")
                    if told and told.startswith("421"):
                        return
            except OSError:
                return

    def _take(self, file, recipient, say):
        mail = b""
        for raw in file:
            if raw == b".\r\n":
                break
            mail += raw.removeprefix(b".") if raw.startswith(b"..") else raw
        else:
            return False
        if self.script.get("silent") == recipient:
            return False
        time.sleep(self.script.get("slow", 0))
        told = self.script.get("END")
        if told is None:
            self.mails.append((recipient, mail))
        say(told or "250 taken")
        if self.hangs_up_after is not None and len(self.mails) >= self.hangs_up_after:
            self.hangs_up_after = None
            return False
        return True

    def close(self):
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for callers
        self._listener.close()
        for line in self._open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def mail_server(**options):
    server = Server(**options)
    try:
        yield server
    finally:
        server.close()
