"""Reports as mail servers and providers write them (RFC 3464, RFC 5965), and what is none."""

from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.rules.bounces import Returned, What, read_returned
from passaparola.messages.rules.standing import Standing, danger

DSN = """\
From: MAILER-DAEMON@mx.posta.example
To: ciao@bottegaluna.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

It did not work.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.posta.example
Arrival-Date: Wed, 18 Nov 2026 12:00:00 +0100

Final-Recipient: rfc822; Giulia@posta.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--x
Content-Type: {enclosed}

From: ciao@bottegaluna.example
To: giulia@posta.example
Message-ID: <41.abc@bottegaluna.example>
Subject: Ciao

--x--
"""
ARF = """\
From: fbl@provider.example
Content-Type: multipart/report; report-type=feedback-report; boundary="x"

--x
Content-Type: text/plain

A complaint.

--x
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
{recipient}
--x
Content-Type: message/rfc822

From: ciao@bottegaluna.example
To: "Giulia" <giulia@posta.example>
Message-ID: <41.abc@bottegaluna.example>

Offers.
--x--
"""


def dsn(action="failed", status="5.1.1", said="550 5.1.1 no such user", enclosed="message/rfc822"):
    return DSN.format(action=action, status=status, said=said, enclosed=enclosed).encode()


def arf(kind="abuse", recipient="Original-Rcpt-To: giulia@posta.example\n"):
    return ARF.format(kind=kind, recipient=recipient).encode()


def test_an_address_that_does_not_exist_is_gone():
    assert read_returned(dsn()) == [
        Returned(
            what=What.GONE,
            address="giulia@posta.example",
            message_id="41.abc@bottegaluna.example",
            words="550 5.1.1 no such user",
        )
    ]


def test_headers_alone_are_enough_to_know_the_mail():
    (one,) = read_returned(dsn(enclosed="text/rfc822-headers"))

    assert one.message_id == "41.abc@bottegaluna.example"


def test_a_full_mailbox_or_a_refused_text_says_nothing_about_the_address():
    (full,) = read_returned(dsn(status="5.2.2", said="552 5.2.2 mailbox full"))
    (spam,) = read_returned(dsn(status="5.7.1", said="550 5.7.1 looks like spam"))

    assert full.what is spam.what is What.NOT_TAKEN


def test_a_delay_and_a_delivery_are_no_bounce():
    (delayed,) = read_returned(dsn(action="delayed", status="4.4.7", said="452 4.4.7 still trying"))

    assert delayed.what is What.LATER
    assert read_returned(dsn(action="delivered", status="2.0.0", said="250 ok")) == []


def test_a_complaint_names_who_complained():
    (told,) = read_returned(arf())
    (left_out,) = read_returned(arf(recipient=""))

    assert told.what is left_out.what is What.COMPLAINT
    assert told.address == left_out.address == "giulia@posta.example"


def test_that_it_is_no_spam_is_no_complaint():
    assert read_returned(arf(kind="not-spam")) == []


def test_a_report_about_a_report_and_plain_mails_say_nothing():
    assert read_returned(b"Subject: hello\n\nHow are you?") == []
    assert read_returned(b"") == []
    forwarded = b"Content-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: message/rfc822\n\n" + dsn()
    assert read_returned(forwarded + b"\n--y--\n") == []


@given(st.binary(max_size=400), st.integers(0, 900))
def test_whatever_comes_is_read_without_stumbling(noise, at):
    mail = dsn()

    assert isinstance(read_returned(mail[:at] + noise + mail[at:]), list)
    assert isinstance(read_returned(noise), list)


def test_three_complaints_in_a_thousand_are_too_many_and_one_in_a_hundred_is_an_accident():
    assert danger(Standing(sent=1_000, complaints=3)) == "complaints"
    assert danger(Standing(sent=1_001, complaints=3)) == ""
    assert danger(Standing(sent=100, complaints=1)) == ""


def test_one_address_in_twenty_that_does_not_exist_looks_like_a_bought_list():
    assert danger(Standing(sent=400, bounces=20)) == "bounces"
    assert danger(Standing(sent=401, bounces=20)) == ""
    assert danger(Standing(sent=20, bounces=19)) == ""
    assert danger(Standing(sent=0)) == ""
