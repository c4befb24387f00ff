"""Hands mails to the server or provider named by MAIL_URL, over several connections that stay open."""

import sys
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread, local
from typing import TYPE_CHECKING

from django.conf import settings

from passaparola.messages.channel import Channel, Letter, Outcome, Packed, Result
from passaparola.messages.channels.email import mail
from passaparola.messages.channels.email.connection import Address, DownError, Line

if TYPE_CHECKING:
    from passaparola.messages.channels.email.provider import ProviderLine

CONNECTIONS = 3
"""For each of a worker's two hands. To a server far away each mail waits for two answers: in parallel that hides;
many more, and providers grow suspicious."""
A_FEW = 8
"""So few letters are not worth a second connection."""


class EmailChannel(Channel):
    """E-mail."""

    def __init__(self) -> None:
        # Each thread of the worker that delivers has its own lines: nothing here is shared.
        self._mine = local()

    def is_ready(self) -> bool:
        return settings.ENV.mail is not None

    def pack(self, letter: Letter) -> Packed:
        return mail.pack(letter)

    def deliver(self, letters: Sequence[Packed]) -> Iterator[Outcome]:
        address = settings.ENV.mail
        if address is None:
            yield from (_down(letter, "MAIL_URL is not set") for letter in letters)
        elif address.scheme == "console":
            yield from (_printed(letter) for letter in letters)
        else:
            yield from self._over_lines(address, letters)

    def close(self) -> None:
        """Hang up this thread's lines; they open again when they are needed."""
        for line in getattr(self._mine, "lines", ()):
            line.close()

    def _over_lines(self, address: Address, letters: Sequence[Packed]) -> Iterator[Outcome]:
        lines = self._lines(address)
        if len(letters) <= A_FEW:
            yield from _send_all(lines[0], iter(letters))
            return
        waiting: SimpleQueue[Packed] = SimpleQueue()
        answers: SimpleQueue[Outcome] = SimpleQueue()
        for letter in letters:
            waiting.put(letter)
        threads = [Thread(target=_work, args=(line, waiting, answers), daemon=True) for line in lines]
        for thread in threads:
            thread.start()
        for _ in letters:
            yield answers.get()
        for thread in threads:
            thread.join()

    def _lines(self, address: Address) -> "list[Line | ProviderLine]":
        if getattr(self._mine, "address", None) != address:
            self.close()
            self._mine.address = address
            self._mine.lines = [_line(address) for _ in range(CONNECTIONS)]
        lines: list[Line | ProviderLine] = self._mine.lines
        return lines


def _line(address: Address) -> "Line | ProviderLine":
    if not address.scheme.startswith("anymail+"):
        return Line(address)
    from passaparola.messages.channels.email.provider import ProviderLine  # heavy, and few need it

    return ProviderLine()


def _work(line: "Line | ProviderLine", waiting: SimpleQueue[Packed], answers: SimpleQueue[Outcome]) -> None:
    for outcome in _send_all(line, _taken(waiting)):
        answers.put(outcome)


def _taken(waiting: SimpleQueue[Packed]) -> Iterator[Packed]:
    while not waiting.empty():
        try:
            yield waiting.get_nowait()
        except Empty:  # another line was quicker
            return


def _send_all(line: "Line | ProviderLine", letters: Iterator[Packed]) -> Iterator[Outcome]:
    """Send until there is nobody to send to; what is left then was not tried."""
    broken = ""
    for letter in letters:
        if broken:
            yield _down(letter, broken)
            continue
        try:
            yield line.send(letter)
        except DownError as error:
            broken = str(error)
            yield _down(letter, broken)


def _down(letter: Packed, words: str) -> Outcome:
    return Outcome(pk=letter.pk, result=Result.DOWN, words=words[:300])


def _printed(letter: Packed) -> Outcome:
    sys.stdout.write(f"\n{letter.payload.decode('utf-8', 'replace')}\n")
    return Outcome(pk=letter.pk, result=Result.SENT, words="printed")
