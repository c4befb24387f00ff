"""The mailbox shows mails and nothing but mails: whatever stands in them stays in its frame."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.demo.mailbox.__main__ import slot
from passaparola.demo.mailbox.kept import MOST, Kept
from passaparola.demo.mailbox.web import Server, answer

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)


def mail(subject: str = "Il tuo ordine", language: str = "it", html: str = "<p>Ciao</p>") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        subject,
        "ciao@bottegaluna.example",
        "giulia@posta.example",
    )
    message.set_content("Ciao Giulia")
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = language  # at the end: setting the content takes such headers away
    return message.as_bytes()


def with_mails(*raws: bytes) -> Kept:
    kept = Kept()
    for raw in raws:
        kept.add(raw, sender="a@b.example", recipients=("giulia@posta.example",), came_at=NOW)
    return kept


def test_the_newest_mail_stands_first() -> None:
    page = answer(with_mails(mail("First"), mail("Second")), "/").body.decode()

    assert page.index("Second") < page.index("First")


def test_mails_are_found_by_language() -> None:
    kept = with_mails(mail("Ciao", "it"), mail("Hello", "en"))

    page = answer(kept, "/?language=en").body.decode()

    assert "Hello" in page
    assert "Ciao" not in page


def test_only_the_last_five_hundred_are_kept() -> None:
    kept = with_mails(*[mail(str(number)) for number in range(MOST + 20)])

    assert len(kept.newest_first()) == MOST
    assert kept.find(1) is None


def test_after_a_stop_the_mails_are_still_there(tmp_path: Path) -> None:
    folder = tmp_path / "mailbox"
    first = Kept.within(folder)
    for number in range(3):
        first.add(mail(str(number)), sender="a@b.example", recipients=("giulia@posta.example",), came_at=NOW)
    (folder / "000000007.mail").write_bytes(b"nothing of ours")

    again = Kept.within(folder)
    again.add(mail("Later"), sender="", recipients=(), came_at=NOW)

    assert [one.subject for one in again.newest_first()] == ["Later", "2", "1", "0"]
    before, after = first.find(1), again.find(1)
    assert before
    assert after
    names = ("raw", "came_at", "sender", "recipients", "language")
    assert [getattr(before, name) for name in names] == [getattr(after, name) for name in names]


def test_the_folder_keeps_no_more_than_is_shown(tmp_path: Path) -> None:
    kept = Kept.within(tmp_path)
    for _ in range(MOST + 20):
        kept.add(b"Subject: x\n\n", sender="", recipients=(), came_at=NOW)

    assert len(list(tmp_path.iterdir())) == MOST
    assert len(Kept.within(tmp_path).newest_first()) == MOST
    assert Kept.within(tmp_path).find(20) is None


@given(st.text(max_size=60))
def test_nothing_in_a_mail_becomes_part_of_the_page(words: str) -> None:
    subject = f"<script>alert(1)</script>{' '.join(words.split())}".encode(
        "ascii", "xmlcharrefreplace"
    ).decode()
    kept = with_mails(mail(subject, html="<script>alert(2)</script>"))

    for address in ("/", "/mail/1/"):
        made = answer(kept, address)
        assert b"<script" not in made.body
        assert "default-src 'none'" in made.headers["Content-Security-Policy"]


def test_the_mail_itself_may_run_nothing() -> None:
    made = answer(
        with_mails(mail(html="<html><head></head><body onload=x()>Ciao</body></html>")), "/mail/1/html"
    )

    policy = made.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script" not in policy
    assert b'<base target="_blank">' in made.body


@pytest.mark.parametrize("address", ["/mail/7/", "/mail/x/", "/mail/1/other", "/etc/passwd", "/mail/²/"])
def test_anything_else_is_not_there(address: str) -> None:
    assert answer(with_mails(mail()), address).status is HTTPStatus.NOT_FOUND


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_that_can_be_shown(raw: bytes) -> None:
    kept = with_mails(raw)

    for address in ("/", "/mail/1/", "/mail/1/html", "/mail/1/raw"):
        assert answer(kept, address).status is HTTPStatus.OK


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    kept = Kept()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    smtp, web = slot(kept, port), Server(0, kept)
    smtp.start()
    thread = Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_address[1]}/", port
    web.shutdown()
    thread.join()
    web.server_close()
    smtp.stop()


def test_a_mail_goes_in_by_smtp_and_is_seen(server: tuple[str, int]) -> None:
    address, port = server

    with smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("ciao@bottegaluna.example", ["giulia@posta.example"], mail("È in viaggio"))

    with urlopen(address) as page:
        assert "È in viaggio" in page.read().decode()


def test_another_name_for_this_machine_sees_nothing(server: tuple[str, int]) -> None:
    from urllib.error import HTTPError

    with pytest.raises(HTTPError) as refused:
        urlopen(Request(server[0], headers={"Host": "evil.example"}))
    refused.value.close()

    assert refused.value.code == HTTPStatus.MISDIRECTED_REQUEST
