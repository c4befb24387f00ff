"""Webhooks reach a real server, signed; what is not heard is told again."""

import json
from datetime import timedelta
from ipaddress import IPv4Network

import pytest
from standardwebhooks import Webhook
from tests.cast import NOON

from passaparola.journeys.actions.tell import TRIES, secret_of, tell_due
from passaparola.journeys.models import WebhookCall
from passaparola.kernel.http.client import Client
from passaparola.kernel.http.tests.servers import Server, answer

HERE = Client(also=(IPv4Network("127.0.0.1/32"),))


def told(luna, url):
    return WebhookCall.objects.create(
        store=luna,
        key="journey:1:0",
        url=url,
        body={"type": "journey.step", "è": "€"},
        asked_at=NOON,
        due_at=NOON,
    )


def test_the_other_side_hears_it_once_and_can_check_who_speaks(luna):
    with Server(answer(b"ok")) as server:
        told(luna, f"http://127.0.0.1:{server.port}/hook")

        assert tell_due(NOON, client=HERE) == 1
        assert tell_due(NOON + timedelta(days=1), client=HERE) == 0

    (asked,) = server.asked
    headers = {name: asked.headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    signed = Webhook(secret_of(luna)).sign(headers["webhook-id"], NOON, asked.body.decode())
    assert signed == headers["webhook-signature"]
    assert json.loads(asked.body) == {"type": "journey.step", "è": "€"}
    assert WebhookCall.objects.get().sent_at == NOON


def test_a_refusal_is_tried_again_and_given_up_at_last(luna):
    with Server(answer(b"no", "503 Busy", Retry_After="600")) as server:
        call = told(luna, f"http://127.0.0.1:{server.port}/")
        now = NOON
        tell_due(now, client=HERE)
        call.refresh_from_db()
        assert (call.due_at, call.words) == (NOON + timedelta(minutes=10), "HTTP 503")
        for _ in range(len(TRIES) + 2):
            now += timedelta(days=1)
            tell_due(now, client=HERE)

    call.refresh_from_db()
    assert call.failed_at
    assert len(server.asked) == len(TRIES) + 1


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/"])
def test_nobody_is_called_inside_the_house(luna, url):
    call = told(luna, url)

    tell_due(NOON)

    call.refresh_from_db()
    assert (call.sent_at, call.attempts) == (None, 1)


def test_each_shop_has_its_own_secret(luna, stranger):
    assert secret_of(luna) != secret_of(stranger.stores.get())
    assert secret_of(luna).startswith("whsec_")
