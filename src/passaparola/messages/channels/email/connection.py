"""One connection to a mail server, kept open, with the steps of a mail sent together where it allows that.

`smtplib` connects, encrypts and signs in; its own `sendmail` waits for an answer after each of four steps, and
its reader costs half as much as rendering the mail.
"""

import smtplib
import socket
import ssl
from typing import Protocol

from passaparola.messages.channel import Outcome, Packed, Result
from passaparola.messages.rules.retry import is_hard_bounce

SECONDS = 30
"""How long an answer may take."""
_LONGEST_ANSWER = 64 * 1024
_OK, _GO_ON, _CLOSING, _PERMANENT = 250, 354, 421, 500


class Address(Protocol):
    """Where the mail server is: `settings.ENV.mail`."""

    @property
    def scheme(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...


class DownError(Exception):
    """Nobody there, or not willing to speak with us at all; the words say what happened."""


class Line:
    """One connection. After a DownError it opens itself anew at the next letter."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._smtp: smtplib.SMTP | None = None
        self._pipelines = False
        self._unread = b""

    def open(self) -> None:
        """Connect, encrypt, sign in. DownError where that fails, whatever the reason."""
        if self._smtp is not None:
            return
        try:
            self._smtp = _connected(self.address)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise DownError(_said(error)) from error
        self._pipelines = self._smtp.has_extn("pipelining")

    def close(self) -> None:
        """Hang up without waiting for a goodbye."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._unread = None, b""

    def send(self, letter: Packed) -> Outcome:
        """Hand one letter over. DownError before anything was handed over, else an outcome."""
        was_open = self._smtp is not None
        self.open()
        try:
            refused = self._announce(letter)
        except DownError:
            if not was_open:
                raise
            # A server may close a line that was silent for long: that is no reason to worry.
            self.open()
            refused = self._announce(letter)
        return refused or self._hand_over(letter)

    def _announce(self, letter: Packed) -> Outcome | None:
        """Say who writes to whom; return an outcome where the server refuses, None where it goes on."""
        steps = [f"MAIL FROM:<{letter.sender}>", f"RCPT TO:<{letter.recipient}>", "DATA"]
        answers: list[tuple[int, str]] = []
        if self._pipelines:
            self._write("".join(f"{step}\r\n" for step in steps).encode("ascii"))
            answers = [self._answer() for _ in steps]
        else:
            for step in steps:
                self._write(f"{step}\r\n".encode("ascii"))
                answers.append(self._answer())
                if answers[-1][0] >= 400:  # noqa: PLR2004 - SMTP's own number: from here on it is a no
                    break
        return self._verdict(letter, answers)

    def _verdict(self, letter: Packed, answers: list[tuple[int, str]]) -> Outcome | None:
        if answers[-1][0] == _GO_ON and all(code < _GO_ON for code, _ in answers[:-1]):
            return None
        if answers[-1][0] == _GO_ON:  # it takes a mail for nobody: give it an empty one
            self._write(b".\r\n")
            self._answer()
        elif len(answers) < 3 or answers[-1][0] != _CLOSING:  # noqa: PLR2004 - the three steps
            self._write(b"RSET\r\n")
            self._answer()
        step = next(number for number, (code, _) in enumerate(answers) if code >= 400)  # noqa: PLR2004
        code, words = answers[step]
        # A refused sender is our setting, not this person's fault: mended, the letter goes out.
        is_final = code >= _PERMANENT and step > 0
        return _refusal(letter, code, words, is_final=is_final, is_recipient=step == 1)

    def _hand_over(self, letter: Packed) -> Outcome:
        payload = letter.payload
        if b"\r\n." in payload:  # a line that begins with a full stop would end the mail
            payload = payload.replace(b"\r\n.", b"\r\n..")
        self._write(payload + (b".\r\n" if payload.endswith(b"\r\n") else b"\r\n.\r\n"))
        try:
            code, words = self._answer(raises_when_closing=False)
        except DownError as error:
            return Outcome(pk=letter.pk, result=Result.UNKNOWN, words=str(error))
        if code == _OK:
            return Outcome(pk=letter.pk, result=Result.SENT, words=words)
        if code == _CLOSING:
            self.close()
        return _refusal(letter, code, words, is_final=code >= _PERMANENT, is_recipient=False)

    def _write(self, data: bytes) -> None:
        try:
            if self._smtp is None or self._smtp.sock is None:
                raise smtplib.SMTPServerDisconnected("the connection is closed")
            self._smtp.sock.sendall(data)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise DownError(_said(error)) from error

    def _answer(self, *, raises_when_closing: bool = True) -> tuple[int, str]:
        """Return the server's answer; DownError where it hangs up, or says that it is about to."""
        try:
            code, said = self._read()
        except (OSError, ValueError, smtplib.SMTPException) as error:
            self.close()
            raise DownError(_said(error)) from error
        if code == _CLOSING and raises_when_closing:
            self.close()
            raise DownError(said)
        return code, said

    def _read(self) -> tuple[int, str]:
        """Read one answer, of one line or several; those sent together mostly come in one go."""
        words: list[str] = []
        while True:
            while b"\n" not in self._unread:
                self._unread += self._received()
            line, _, self._unread = self._unread.partition(b"\n")
            words.append(line[4:].decode("utf-8", "replace").strip())
            if line[3:4] != b"-":
                code = int(line[:3])
                return code, f"{code} {' '.join(words)}".strip()

    def _received(self) -> bytes:
        if self._smtp is None or self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        data = self._smtp.sock.recv(65_536)
        if not data or len(self._unread) > _LONGEST_ANSWER:
            raise smtplib.SMTPServerDisconnected("the server hung up")
        return data


def _connected(address: Address) -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    smtp = kind(address.host, address.port, timeout=SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if address.scheme == "smtp+tls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if address.user:
            smtp.login(address.user, address.password)
        # Small steps and one big write: waiting to fill a packet would cost 40 ms each time.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # type: ignore[union-attr]
    except BaseException:
        smtp.close()
        raise
    return smtp


def _refusal(letter: Packed, code: int, words: str, *, is_final: bool, is_recipient: bool) -> Outcome:
    result = Result.REFUSED if is_final else Result.LATER
    is_dead = is_final and is_recipient and is_hard_bounce(code, words.removeprefix(str(code)))
    return Outcome(pk=letter.pk, result=result, words=words[:300], is_dead_address=is_dead)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return str(error) or type(error).__name__
