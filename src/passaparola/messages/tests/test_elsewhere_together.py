"""Several workers at once, and a provider that tells what became of a message before it has answered."""

import itertools
import threading
from urllib.parse import parse_qs

import pytest
from django.db import connection as database
from django.utils import timezone
from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.channels.tests.provider import as_json
from passaparola.messages.models import EarlyWord, Message
from passaparola.messages.tests.elsewhere import GIULIA, connect, provider, twilio_says

MANY = 40


@pytest.mark.django_db(transaction=True)
def test_workers_share_an_account_send_each_once_and_miss_no_receipt(luna, giulia, place_order):
    giulia.phone = GIULIA
    giulia.save()
    twilio = connect(luna, "sms")
    orders = [place_order(tell=False) for _ in range(MANY)]
    actions.ask(
        [
            Wanted(store_id=luna.pk, key=order.number, kind="order_link", order_id=order.pk, channel="sms")
            for order in orders
        ],
        now=NOON,
    )
    names = itertools.count(1)

    def quick(line, _asked):
        """Say that it was delivered, have that read, and only then answer: nothing could be quicker."""
        name = f"SM{next(names)}"
        try:
            twilio_says(twilio, MessageSid=name, MessageStatus="delivered")
            inbound.read_waiting(now=timezone.now())
        finally:
            database.close()
        line.sendall(as_json({"sid": name, "num_segments": "1"}, "201 Created"))

    def work():
        try:
            for _ in range(20):
                actions.send_connected(NOON)
        finally:
            database.close()

    with provider("sms", quick) as server:
        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(120)

    told = [parse_qs(asked.body.decode())["Body"][0] for asked in server.asked]
    assert len(told) == len(set(told)) == MANY
    assert Message.objects.filter(sent_at__isnull=False, delivered_at__isnull=False).count() == MANY
    assert not EarlyWord.objects.exists()
