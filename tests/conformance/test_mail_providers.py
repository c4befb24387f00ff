"""What mail providers really post, as anymail's own tests keep it, through our own address for it.

The samples are of mails we never sent: before they are posted, each is made to speak of one of ours, as the provider
would, who gives back the number that went out with the mail.
"""

import json
import os
from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from anymail.signals import tracking
from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView

from passaparola.kernel.models import EventRecord
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.models import Consent, Message, Suppression
from tests.cast import NOON

FIXTURES = Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
SAMPLES = FIXTURES / "messaging" / "email_providers"
pytestmark = [
    pytest.mark.skipif(
        not SAMPLES.is_dir(), reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder."
    ),
    pytest.mark.django_db,
    # anymail tests SendGrid no more, since it lets nobody in for free; its webhooks are read all the same.
    pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid"),
]
SECRET = "us:not-a-real-secret"
GIULIA = "giulia@posta.example"
HARD, COMPLAINT, SILENT, NOTED, NOTHING = "hard_bounce", "complaint", "unsubscribed", "noted", ""
EXPECTED = {
    "amazon_ses": {
        "bounce": HARD, "multiple_bounce": HARD, "complaint": COMPLAINT, "reject": NOTED,
        "rendering_failure": NOTHING, "click": NOTHING, "delivery": NOTHING, "open": NOTHING, "send": NOTHING,
    },
    "sendgrid": {
        "bounce": HARD, "dropped_bounced": HARD, "dropped_invalid": HARD, "dropped_unsubscribed": SILENT,
        "click": NOTHING, "deferred": NOTHING, "delivered": NOTHING, "open": NOTHING, "processed": NOTHING,
        "compatibility_message_id_from_smtp_id": NOTHING,
    },
    "postmark": {
        "bounce": HARD, "spam": COMPLAINT, "unsubscribe": SILENT, "bounce_unsubscribe_variant": SILENT,
        "subscription_change_bounce": HARD, "resubscribe": NOTHING, "click": NOTHING, "delivered": NOTHING,
        "open": NOTHING,
    },
}  # fmt: skip
CASES = [(provider, name, what) for provider, names in EXPECTED.items() for name, what in names.items()]
_ADDRESSED = ("Email", "Recipient", "email", "emailAddress")


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


def sample(provider: str, name: str) -> Any:
    (path,) = (
        one
        for one in SAMPLES.glob(f"{provider}_webhooks__test_{name}*.json")
        if "raw_sns" not in one.name
        and one.name.split("__")[1].removeprefix("test_").removesuffix("_event") == name
    )
    return json.loads(path.read_text())


def about(told: Any, message: Message) -> Any:
    """Return the sample as the provider would have told it of our mail."""
    if isinstance(told, list):
        return [about(one, message) for one in told]
    if not isinstance(told, dict):
        return told
    return {key: GIULIA if key in _ADDRESSED else about(value, message) for key, value in told.items()}


def with_our_number(provider: str, told: Any, message: Message) -> Any:
    number = {"message": str(message.pk)}
    if provider == "sendgrid":
        return [one | number for one in told]
    if provider == "postmark":
        # Every record but a few old ones names its recipient.
        return told | {"Metadata": number} | ({} if "Recipient" in told else {"Email": GIULIA})
    headers = [{"name": "X-Metadata", "value": json.dumps(number)}]
    return told | {"mail": told["mail"] | {"headers": headers, "destination": [GIULIA]}}


def post(client, provider: str, told: Any, *, secret: str = SECRET) -> int:
    headers = {"authorization": "Basic " + b64encode(secret.encode()).decode()}
    body = told
    if provider == "amazon_ses":
        if (
            find_spec("boto3") is None
        ):  # its view can't be made without: anymail's translation is asked by itself
            return _hear_ses(told, secret)
        body = {"Type": "Notification", "MessageId": "19ba9823", "Message": json.dumps(told)}
        headers |= {"x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "19ba9823"}
    address = f"/mail-hooks/{provider}/tracking/"
    return client.post(
        address, json.dumps(body), content_type="application/json", headers=headers
    ).status_code


def _hear_ses(told: Any, secret: str) -> int:
    view = AmazonSESTrackingWebhookView.__new__(AmazonSESTrackingWebhookView)
    for event in view.esp_to_anymail_events(told, {}) if secret == SECRET else ():
        tracking.send(sender=None, event=event, esp_name="Amazon SES")
    return 200 if secret == SECRET else 400


def became(message: Message) -> str:
    """What was made of it: why the address is silenced, that the mail came back, or nothing."""
    silenced = Suppression.objects.filter(address=GIULIA).values_list("reason", flat=True)
    came_back = EventRecord.objects.filter(kind="MessageFailed", subject_id=message.pk).exists()
    return ", ".join(silenced) or ("noted" if came_back else "")


@pytest.mark.parametrize(("provider", "name", "what"), CASES, ids=lambda one: one or "nothing")
def test_what_a_provider_tells_is_understood(client, sent, provider, name, what):
    told = with_our_number(provider, about(sample(provider, name), sent), sent)

    first, again = post(client, provider, told), post(client, provider, told)

    assert (first, again) == (200, 200)
    assert became(sent) == what
    assert Consent.objects.filter(is_given=False).exists() is (what == SILENT)


@pytest.mark.parametrize(("provider", "name", "what"), [case for case in CASES if case[2]])
def test_of_mails_that_were_not_ours_nothing_is_believed(client, sent, provider, name, what):
    told = with_our_number(provider, about(sample(provider, name), sent), sent)
    strange = json.loads(json.dumps(told).replace(GIULIA, "ugo@posta.example"))

    assert post(client, provider, strange) == 200
    assert post(client, provider, sample(provider, name)) == 200
    assert post(client, provider, told, secret="us:guessed") == 400
    assert not Suppression.objects.exists()
    assert not Consent.objects.exists()
