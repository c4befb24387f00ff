"""`python -m passaparola.demo.mailbox --smtp PORT --web PORT --folder FOLDER`: run the mailbox until told to stop."""

import argparse
import signal
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from passaparola.demo.mailbox.kept import Kept
from passaparola.demo.mailbox.web import Server
from passaparola.demo.world.days import ROME

_MOST_BYTES = 4 * 1024 * 1024


class Slot:
    """Where the mails fall in."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take one mail; aiosmtpd calls this by its name."""
        del server, session
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._kept.add(
            raw,
            sender=envelope.mail_from or "",
            recipients=tuple(envelope.rcpt_tos),
            came_at=datetime.now(ROME),
        )
        return "250 Kept"


def slot(kept: Kept, port: int) -> Controller:
    """Return the SMTP side, on this machine only."""
    return Controller(
        Slot(kept), hostname="127.0.0.1", port=port, data_size_limit=_MOST_BYTES, ident="demo mailbox"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="mailbox")
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--web", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    kept = Kept.within(options.folder)
    smtp, web = slot(kept, options.smtp), Server(options.web, kept)
    smtp.start()
    Thread(target=web.serve_forever, daemon=True).start()
    stopping.wait()
    web.shutdown()
    smtp.stop()


if __name__ == "__main__":
    main()
