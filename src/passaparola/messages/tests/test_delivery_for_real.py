"""The outbox against a real mail server and a database that really commits: outages and deaths."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from tests.cast import NOON

from passaparola.messages import actions
from passaparola.messages.actions import claims, send
from passaparola.messages.channel import CHANNELS
from passaparola.messages.channels.email.tests.server import Server, mail_server
from passaparola.messages.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh():
    send._PAUSES.clear()
    claims._mine.__dict__.clear()
    yield
    CHANNELS["email"].close()


def use(settings, port):
    settings.ENV = SimpleNamespace(
        mail=SimpleNamespace(scheme="smtp", host="127.0.0.1", port=port, user="", password="")
    )


def test_a_placed_order_arrives_as_a_mail_that_can_be_read(place_order, settings):
    with mail_server() as server:
        use(settings, server.port)
        order = place_order()

        assert actions.send_due(NOON) == 1

        recipient, raw = server.mails[0]
        mail = message_from_bytes(raw, policy=policy.SMTP)
        assert recipient == "giulia@posta.example"
        assert mail["From"].addresses[0].addr_spec == "ciao@bottegaluna.example"
        assert "Giulia" in mail["Subject"]
        assert order.number in mail.get_body(("plain",)).get_content()
        assert "€" in mail.get_body(("html",)).get_content()
        assert mail["Message-ID"].strip("<>") == Message.objects.get().message_id


def test_after_an_hour_without_a_server_everything_goes_out_once(place_order, settings):
    with mail_server() as gone:
        port = gone.port
    use(settings, port)
    for number in range(30):
        place_order(email=f"p{number}@posta.example")
    for minute in range(0, 60, 5):
        actions.send_due(NOON + timedelta(minutes=minute))
    assert Message.objects.in_state("sent").count() == 0

    server = Server(port=port)
    back = NOON + timedelta(hours=1, minutes=5)
    while actions.send_due(back):
        pass
    server.close()

    assert Message.objects.in_state("sent").count() == 30
    assert set(Counter(to for to, _ in server.mails).values()) == {1}


WORKER = """
import django; django.setup()
from datetime import UTC, datetime
from passaparola.messages.actions import send_due
send_due(datetime.now(UTC))
"""


@pytest.mark.real_clock
def test_a_worker_killed_between_sending_and_recording_loses_nothing_and_says_so(place_order, settings):
    with mail_server() as server:
        server.script["slow"] = 0.4
        now = datetime.now(UTC)
        for number in range(6):
            place_order(email=f"p{number}@posta.example", placed_at=now)
        Message.objects.update(due_at=now, expires_at=now + timedelta(hours=1))
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=os.environ | {"MAIL_URL": f"smtp://127.0.0.1:{server.port}", "DATABASE_URL": database_url()},
        )
        until = time.monotonic() + 60
        while not server.mails and time.monotonic() < until:
            time.sleep(0.02)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        time.sleep(0.5)
        in_doubt = Message.objects.in_state("sending").count()

        server.script.clear()
        use(settings, server.port)
        later = datetime.now(UTC) + timedelta(seconds=30)
        while actions.send_due(later):
            pass

        assert in_doubt > 0
        assert Message.objects.in_state("sent").count() == 6
        assert Message.objects.in_state("uncertain").count() == in_doubt
        arrived = Counter(to for to, _ in server.mails)
        assert len(arrived) == 6
        twice = {to for to, times in arrived.items() if times > 1}
        doubtful = set(Message.objects.in_state("uncertain").values_list("to_address", flat=True))
        assert twice <= doubtful


def database_url():
    given = connection.settings_dict
    where = urlencode({"host": given["HOST"], "port": given["PORT"] or 5432})
    return f"postgresql://{quote(given['USER'])}:{quote(given['PASSWORD'])}@/{given['NAME']}?{where}"
