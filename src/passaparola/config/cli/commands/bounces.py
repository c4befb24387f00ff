"""`passaparola bounces`: what came back, from a pipe of the mail server, from files or from a Maildir."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from passaparola.config.cli.command import Answer, Command


def arguments(parser: ArgumentParser) -> None:
    """Take where the mails are; without anything, one on standard input."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="mails as files; none: one mail on standard input"
    )
    parser.add_argument(
        "--maildir", metavar="FOLDER", help="read what is new in a Maildir, and move it to its read mails"
    )


def run(options: Namespace) -> Answer:
    """Read reports of mails that came back, and stay silent to addresses that do not exist or complained."""
    from django.utils import timezone

    from passaparola.messages import actions
    from passaparola.messages.rules.bounces import read_returned

    silenced = noted = unknown = mails = 0
    for raw, read in _mails(options):
        heard = actions.hear_returned(read_returned(raw), source="bounce mail", now=timezone.now())
        silenced, noted, unknown = silenced + heard.silenced, noted + heard.noted, unknown + heard.unknown
        mails += 1
        if read is not None:
            _put_away(read)
    words = f"{mails} read: {silenced} addresses silenced, {noted} noted, {unknown} about no mail of ours."
    return Answer({"mails": mails, "silenced": silenced, "noted": noted, "unknown": unknown}, words)


def _mails(options: Namespace) -> Iterator[tuple[bytes, Path | None]]:
    """Yield each mail, with the file in a Maildir that is put away once it has been dealt with."""
    from passaparola.messages.rules.bounces import LARGEST

    if options.maildir:
        for path in sorted((Path(options.maildir) / "new").glob("*")):
            yield _beginning(path, LARGEST), path
        return
    for name in options.files:
        yield _beginning(Path(name), LARGEST), None
    if not options.files:
        yield sys.stdin.buffer.read(LARGEST), None


def _beginning(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _put_away(path: Path) -> None:
    """As mail programs do: into `cur`, marked as seen. A crash before it only means that it is read once more."""
    cur = path.parent.parent / "cur"
    cur.mkdir(exist_ok=True)
    path.rename(cur / f"{path.name}:2,S")


command = Command("Read mails that came back; silence dead addresses.", run, arguments)
