"""A provider's webhooks: proved by the secret, found by our own number, believed about the address it went to."""

import json
from base64 import b64encode

import pytest
from tests.cast import NOON

from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.channel import Packed
from passaparola.messages.channels.email.provider import as_django
from passaparola.messages.models import Consent, Message, Suppression

pytestmark = pytest.mark.django_db
SECRET = "us:not-a-real-secret"


@pytest.fixture
def sent(giulia, settings):
    settings.ROOT_URLCONF = "passaparola.messages.tests.provider_urls"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    wanted = Wanted(store_id=giulia.store_id, key="x", kind="letter", customer_id=giulia.pk)
    actions.ask([wanted], now=NOON)
    message = Message.objects.get()
    message.sent_at, message.message_id = NOON, f"{message.pk}.abc@bottegaluna.example"
    message.save()
    return message


def tell(client, message, *, secret=SECRET, **changes):
    event = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 1,
        "MessageID": "2706ee8a-737c-4285-b032-ccd317af53ed",
        "Details": "smtp;550 5.1.1 The email account does not exist.",
        "Email": "giulia@posta.example",
        "BouncedAt": "2026-11-18T12:00:00-00:00",
        "Metadata": {"message": str(message.pk)},
    }
    key = "Basic " + b64encode(secret.encode()).decode()
    return client.post(
        "/mail-hooks/postmark/tracking/",
        json.dumps(event | changes),
        content_type="application/json",
        headers={"authorization": key},
    )


def test_a_hard_bounce_silences_the_address(client, sent):
    assert tell(client, sent).status_code == 200

    silence = Suppression.objects.get()
    assert (silence.reason, silence.source) == ("hard_bounce", "provider:postmark")
    assert "550 5.1.1" in silence.words


def test_a_full_mailbox_does_not(client, sent):
    tell(client, sent, Type="SoftBounce", Details="smtp;452 4.2.2 mailbox full")

    assert not Suppression.objects.exists()


def test_a_complaint_silences_everything_and_unsubscribing_what_we_want(client, sent):
    tell(client, sent, RecordType="SpamComplaint", Type="SpamComplaint")
    complaint = Suppression.objects.get().reason
    Suppression.objects.all().delete()
    tell(client, sent, RecordType="Bounce", Type="Unsubscribe")

    assert complaint == "complaint"
    assert Suppression.objects.get().reason == "unsubscribed"
    assert {(one.is_given, one.source) for one in Consent.objects.all()} == {(False, "provider:postmark")}


def test_without_the_secret_nobody_is_heard(client, sent):
    assert tell(client, sent, secret="us:guessed").status_code == 400
    assert not Suppression.objects.exists()


def test_another_address_or_a_mail_we_never_sent_silences_nobody(client, sent):
    tell(client, sent, Email="ugo@posta.example")
    tell(client, sent, Metadata={"message": "999999"})
    tell(client, sent, Metadata={})

    assert not Suppression.objects.exists()


def test_every_mail_to_a_provider_carries_our_number():
    letter = Packed(
        pk=41,
        sender="ciao@luna.example",
        recipient="giulia@posta.example",
        payload=b"From: ciao@luna.example\r\nContent-Type: text/plain\r\n\r\nhi",
        subject="hi",
        message_id="41.x@luna.example",
        template_version="1",
    )

    assert as_django(letter).metadata == {"message": "41"}
