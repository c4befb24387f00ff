"""The bytes of a mail, read back by the standard library: exactly what was meant, whatever the letters."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.messages.channel import Letter, Sender, UnsendableError
from passaparola.messages.channels.email.mail import pack
from passaparola.messages.rendering import encoding
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.template import Template, compiled
from passaparola.messages.rendering.tests import sample
from passaparola.messages.rules.address import mail_address
from passaparola.messages.rules.values import Purpose

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
letters = st.text(st.characters(exclude_categories=["Cs"]))
anything = st.text()


def letter(subject="Your order", text="Hello", html="<p>Hello</p>", **changes):
    template = Template(
        version="1",
        language="en",
        subject_of=lambda _: " ".join(subject.split()),
        text_of=lambda _: text,
        html_of=lambda _: html,
        quoted_html_of=lambda _: encoding.quoted(html) + b"\r\n",
    )
    given = {
        "pk": 42,
        "to_address": "giulia@posta.example",
        "sender": Sender(name="Bottega Luna", address="ciao@luna.example", host="luna.example"),
        "template": template,
        "thread": "order-7",
        "unsubscribe_url": "https://ordini.example/u/abc/",
        "at": NOW,
    }
    return Letter(**(given | changes))


def parsed(letter_):
    return message_from_bytes(pack(letter_).payload, policy=policy.SMTP.clone(raise_on_defect=True))


def shown_name(payload):
    """Read the name as RFC 2047 has it; the newer parser puts blanks between encoded words of a name."""
    name, _ = parseaddr(message_from_bytes(payload)["From"].replace("\r\n", ""))
    return str(make_header(decode_header(name)))


def body(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n").rstrip("\n")


def unix(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


@settings(deadline=None)
@given(letters, letters, letters, letters)
def test_what_is_read_back_is_what_was_meant(subject, name, text, html):
    sender = Sender(name=name, address="ciao@luna.example", host="luna.example")

    message = parsed(letter(subject, text, html, sender=sender))

    assert str(message["Subject"]) == " ".join(subject.split())
    assert shown_name(pack(letter(sender=sender)).payload) == " ".join(name.split())
    assert message["From"].addresses[0].addr_spec == "ciao@luna.example"
    assert body(message, "plain") == unix(text)
    assert body(message, "html") == unix(html)


@given(anything, anything)
def test_nobody_breaks_out_of_a_header(subject, name):
    sender = Sender(name=name + "\r\nBcc: all@example.org", address="ciao@luna.example", host="luna.example")

    payload = pack(letter(subject + "\r\nX-Evil: yes\r\n\r\nboo", sender=sender)).payload
    head = payload.split(b"\r\n\r\n")[0]

    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert set(names) <= {
        b"Date",
        b"From",
        b"To",
        b"Subject",
        b"Message-ID",
        b"In-Reply-To",
        b"References",
        b"Auto-Submitted",
        b"X-Auto-Response-Suppress",
        b"MIME-Version",
        b"Content-Type",
    }


@given(letters, letters)
def test_lines_are_short_ascii_and_end_with_crlf(text, html):
    payload = pack(letter(text, text, html)).payload

    assert payload.isascii()
    assert b"\n" not in payload.replace(b"\r\n", b"")
    assert b"\r" not in payload.replace(b"\r\n", b"")
    assert all(len(line) <= 100 for line in payload.split(b"\r\n"))


def test_mails_of_one_order_hang_together():
    first, second = parsed(letter(opens_thread=True)), parsed(letter(pk=43))

    assert second["References"] == first["Message-ID"]
    assert second["In-Reply-To"] == first["Message-ID"]
    assert parsed(letter(pk=43))["Message-ID"] == second["Message-ID"]


def test_only_what_we_want_carries_an_unsubscribe_button():
    offer, owed = parsed(letter(purpose=Purpose.OFFER)), parsed(letter())

    assert offer["List-Unsubscribe"] == "<https://ordini.example/u/abc/>"
    assert offer["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert owed["List-Unsubscribe"] is None
    assert owed["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_real_mail_is_what_was_rendered(language):
    template = compiled("confirmation_simple", language, sample.BRAND)
    data = content(sample.matter(language=language))

    message = parsed(letter(template=template, data=data))

    rendered = template.render(data)
    assert body(message, "plain") == unix(rendered.text)
    assert body(message, "html") == unix(rendered.html)


@pytest.mark.parametrize(
    "address", ["", "giulia", "a@b\r\nBcc: x@y", "a b@c.de", "<a@b.de>", "a@-b.de", "è@b.de"]
)
def test_what_is_no_address_can_not_be_sent(address):
    assert mail_address(address) == ""
    with pytest.raises(UnsendableError):
        pack(letter(to_address=address))


def test_a_domain_with_accents_is_written_in_ascii():
    assert mail_address(" info@città.example ") == "info@xn--citt-3na.example"
