"""Text messages: what Twilio is asked, what its answers mean, and what it tells."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from passaparola.inbound.source import UnreadableError
from passaparola.kernel.http.client import Limits
from passaparola.kernel.http.tests.servers import answer
from passaparola.messages.channel import Result, UnsendableError
from passaparola.messages.channels.sms import signature
from passaparola.messages.channels.sms.channel import SmsChannel
from passaparola.messages.channels.tests.provider import (
    HOOK,
    NOW,
    account,
    as_json,
    handed_over,
    letter,
    posted,
    told_in,
)
from passaparola.messages.connected import Progress, Step, Words
from passaparola.messages.rules.values import Purpose

HOST = "api.twilio.com"
ACCOUNT = account("token-of-twilio", account="AC42", sender="+39055123456")
TAKEN = as_json({"sid": "SM1", "status": "queued", "num_segments": "2", "price": None}, "201 Created")


def write(channel, pk, **changes):
    return letter(**{"to": "+393331234567", "pk": pk, "account": ACCOUNT} | changes)


def send(behave, count=1, limits=None):
    outcomes, asked = handed_over(SmsChannel, HOST, behave, write, count=count, limits=limits)
    return outcomes, asked


def failed(code, status="400 Bad Request", message="no"):
    return as_json({"code": code, "message": message, "status": int(status[:3])}, status)


def test_it_asks_as_documented_and_learns_the_name_and_the_parts():
    (outcome,), (asked,) = send(TAKEN)

    assert asked.line == "POST /2010-04-01/Accounts/AC42/Messages.json HTTP/1.1"
    assert asked.headers["authorization"] == "Basic QUM0Mjp0b2tlbi1vZi10d2lsaW8="
    told = told_in(asked)
    assert (told["To"], told["From"], told["StatusCallback"]) == ("+393331234567", "+39055123456", HOOK)
    assert told["Body"].startswith("Bottega Luna: il pacco 1 di 2 è in viaggio con BRT.")
    assert told["Body"].endswith("https://ordini.example/o/abc/")
    assert (outcome.result, outcome.provider_id, outcome.units) == (Result.SENT, "SM1", 2)


def test_a_messaging_service_is_named_as_one():
    service = account("t", account="AC42", sender="MG1")

    packed = SmsChannel().pack(letter("+393331234567", account=service))

    assert b"MessagingServiceSid=MG1" in packed.payload
    assert b"From=" not in packed.payload


def test_what_we_want_shows_the_way_out_and_what_we_owe_does_not():
    offer = SmsChannel().pack(letter("+393331234567", purpose=Purpose.OFFER)).subject
    owed = SmsChannel().pack(letter("+393331234567")).subject

    assert offer.endswith("Rispondi STOP per non riceverne più.")
    assert "STOP" not in owed


@pytest.mark.parametrize("address", ["", "giulia@posta.example", "3331234567", "+12", "+39 333 x"])
def test_what_is_no_number_is_refused_in_words(address):
    with pytest.raises(UnsendableError, match="is no phone number"):
        SmsChannel().pack(letter(address))


@pytest.mark.parametrize(
    ("told", "result", "is_dead"),
    [
        (failed(21211), Result.REFUSED, True),
        (failed(21614), Result.REFUSED, True),
        (failed(21610), Result.REFUSED, True),
        (failed(21408, "403 Forbidden"), Result.LATER, False),
        (failed(21612), Result.REFUSED, False),
        (failed(21606), Result.LATER, False),
        (failed(21608), Result.LATER, False),
        (failed(21635), Result.REFUSED, True),
        (failed(20003, "401 Unauthorized"), Result.DOWN, False),
        (failed(20429, "429 Too Many Requests"), Result.DOWN, False),
        (answer(b"", "500 Internal Server Error"), Result.UNKNOWN, False),
        (answer(b"", "503 Service Unavailable", Retry_After="60"), Result.DOWN, False),
        (answer(b"<html>Welcome to our wireless network</html>"), Result.UNKNOWN, False),
        (as_json([1, 2]), Result.UNKNOWN, False),
        (as_json({"sid": {"a": 1}}, "201 Created"), Result.UNKNOWN, False),
        (as_json({"code": "many", "message": 7}, "400 Bad Request"), Result.REFUSED, False),
    ],
)
def test_each_answer_means_one_thing(told, result, is_dead):
    (outcome,), _asked = send(told)

    assert (outcome.result, outcome.is_dead_address) == (result, is_dead)
    assert result is Result.SENT or outcome.words


def test_when_it_asks_us_to_wait_all_others_wait_untried():
    outcomes, asked = send(answer(b"", "429 Too Many Requests", Retry_After="120"), count=30)

    assert {outcome.result for outcome in outcomes} == {Result.DOWN}
    assert {outcome.pause for outcome in outcomes} == {timedelta(minutes=2)}
    assert len(asked) < 30


def test_a_provider_that_hangs_costs_a_few_questions_and_then_rests():
    outcomes, asked = send(lambda line, _: line.recv(1), count=40, limits=Limits(connect=0.5, total=0.5))

    assert len(asked) <= 16
    assert {outcome.result for outcome in outcomes} == {Result.UNKNOWN, Result.DOWN}
    assert sum(outcome.result is Result.UNKNOWN for outcome in outcomes) <= 16


def test_an_answer_without_end_is_cut_off_and_perhaps_sent():
    (outcome,), _asked = send(answer(b"x" * 200_000))

    assert outcome.result is Result.UNKNOWN


def test_where_nobody_listens_nothing_was_tried():
    channel = SmsChannel()
    channel.client = dead_end()

    (outcome,) = channel.deliver([channel.pack(write(channel, 1))])

    assert outcome.result is Result.DOWN


def dead_end():
    from passaparola.kernel.http.client import Client

    def refuse(address, port, seconds):
        raise ConnectionRefusedError

    return Client(resolve=lambda host, port: ["93.184.215.14"], dial=refuse)


def test_keys_are_in_no_words():
    (outcome,), _asked = send(lambda line, asked: None)

    assert "token-of-twilio" not in f"{outcome} {ACCOUNT} {SmsChannel().pack(write(None, 1))!r}"


# What it tells.


def form(**fields):
    return urlencode(fields).encode()


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("sent", Step.SENT),
        ("delivered", Step.DELIVERED),
        ("undelivered", Step.FAILED),
        ("failed", Step.FAILED),
    ],
)
def test_what_became_of_a_message_is_read(status, step):
    body = form(MessageSid="SM1", MessageStatus=status, To="+393331234567", ErrorCode="30005")

    (progress,) = SmsChannel().read(posted(body))

    assert isinstance(progress, Progress)
    assert (progress.provider_id, progress.step, progress.at) == ("SM1", step, NOW)
    assert progress.is_dead_address is (step is Step.FAILED)


def test_a_step_without_news_says_nothing():
    assert SmsChannel().read(posted(form(MessageSid="SM1", MessageStatus="queued"))) == ()


def test_what_a_customer_writes_is_read():
    body = form(
        MessageSid="SM2", From="+393331234567", To="+39055", Body="Quando arriva?", SmsStatus="received"
    )

    (words,) = SmsChannel().read(posted(body))

    assert words == Words(provider_id="SM2", address="+393331234567", words="Quando arriva?", at=NOW)


def test_what_twilio_took_as_a_stop_is_one():
    body = form(MessageSid="SM2", From="+393331234567", Body="annulla", OptOutType="STOP")

    (words,) = SmsChannel().read(posted(body))

    assert isinstance(words, Words)
    assert words.is_stop


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"a=1", b"&".join([b"a=1"] * 500)])
def test_what_is_no_message_is_said_so(body):
    with pytest.raises(UnreadableError):
        SmsChannel().read(posted(body))


def test_only_what_twilio_signed_is_let_in():
    body = form(MessageSid="SM1", MessageStatus="sent")
    fields = [("MessageSid", "SM1"), ("MessageStatus", "sent")]
    sealed = {"X_Twilio_Signature": signature.sign(HOOK, fields, "s3cret-s3cret")}
    channel = SmsChannel()

    assert channel.is_authentic(posted(body, **sealed), "s3cret-s3cret")
    assert not channel.is_authentic(posted(body, **sealed), "another")
    assert not channel.is_authentic(posted(body + b"&To=1", **sealed), "s3cret-s3cret")
    assert not channel.is_authentic(posted(body, HOOK + "x", **sealed), "s3cret-s3cret")
    assert not channel.is_authentic(posted(body), "s3cret-s3cret")
    assert not channel.is_authentic(posted(b"\xff", X_Twilio_Signature="é"), "s3cret-s3cret")
