"""Mails through a provider: anymail's own test provider, and what its errors mean."""

from types import SimpleNamespace

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRequestsAPIError
from anymail.message import AnymailRecipientStatus
from django.core import mail

from passaparola.messages.channel import Result
from passaparola.messages.channels.email import provider
from passaparola.messages.channels.email.channel import EmailChannel
from passaparola.messages.channels.email.connection import DownError
from passaparola.messages.channels.email.mail import pack
from passaparola.messages.channels.email.tests.test_mail import letter
from passaparola.messages.rules.values import Purpose


@pytest.fixture
def channel(settings):
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.ENV = SimpleNamespace(mail=SimpleNamespace(scheme="anymail+test"))
    channel = EmailChannel()
    yield channel
    channel.close()


def answering(monkeypatch, answer):
    make = provider.as_django

    def told(packed):
        made = make(packed)
        made.anymail_test_response = answer
        return made

    monkeypatch.setattr(provider, "as_django", told)


def test_parts_and_headers_arrive_by_name(channel):
    packed = pack(letter("Il tuo ordine è qui", "Ciao,\nè qui", "<p>è qui</p>", purpose=Purpose.OFFER))

    outcomes = list(channel.deliver([packed]))

    sent = mail.outbox[0]
    assert [o.result for o in outcomes] == [Result.SENT]
    assert (sent.subject, sent.to) == ("Il tuo ordine è qui", ["giulia@posta.example"])
    assert sent.body.strip() == "Ciao,\nè qui"
    assert sent.alternatives[0][0].strip() == "<p>è qui</p>"
    assert sent.extra_headers["Message-ID"] == f"<{packed.message_id}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_invalid_address_is_refused_for_good(channel, monkeypatch):
    status = AnymailRecipientStatus(message_id="1", status="invalid")
    answering(monkeypatch, {"recipient_status": {"giulia@posta.example": status}})

    outcome = next(channel.deliver([pack(letter())]))

    assert (outcome.result, outcome.is_dead_address) == (Result.REFUSED, True)


@pytest.mark.parametrize("status", [401, 429, 503])
def test_a_wrong_key_or_a_busy_provider_means_later(channel, monkeypatch, status):
    response = requests.Response()
    response.status_code, response.reason = status, "No"
    answering(monkeypatch, AnymailAPIError("no", status_code=status, response=response))

    assert next(channel.deliver([pack(letter())])).result is Result.LATER


def raised(cause):
    error = type("Both", (AnymailRequestsAPIError, type(cause)), {})("no")
    error.__cause__ = cause
    return error


def test_no_answer_is_unknown_and_nobody_there_is_down():
    packed = pack(letter())
    with pytest.raises(requests.ConnectionError) as nobody:
        requests.get("http://127.0.0.1:1/", timeout=1)

    assert provider._failed(packed, raised(requests.ReadTimeout("slow"))).result is Result.UNKNOWN
    assert provider._failed(packed, raised(requests.ConnectionError("reset"))).result is Result.UNKNOWN
    with pytest.raises(DownError):
        provider._failed(packed, raised(nobody.value))
