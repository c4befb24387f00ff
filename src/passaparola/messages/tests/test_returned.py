"""What came back silences an address only where it names a mail that went there; too much of it stops sending."""

import io
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.cast import NOON

from passaparola.config.cli.commands import bounces
from passaparola.kernel.models import EventRecord
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.models import Message, SpeakingPolicy, Suppression
from passaparola.messages.rules.bounces import Returned, What
from passaparola.messages.rules.tests.test_bounces import dsn

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def sent(giulia):
    wanted = Wanted(store_id=giulia.store_id, key="x", kind="letter", customer_id=giulia.pk)
    actions.ask([wanted], now=NOON)
    message = Message.objects.get()
    message.sent_at, message.message_id = NOON, f"{message.pk}.abc@bottegaluna.example"
    message.save()
    return message


def hear(message, *, what=What.GONE, address="giulia@posta.example", name=None, now=NOON):
    one = Returned(what=what, address=address, message_id=name or message.message_id, words="550 5.1.1 no")
    return actions.hear_returned([one], source="bounce mail", now=now)


def test_a_bounce_of_a_mail_of_ours_silences_its_address_once(sent, luna):
    first, second = hear(sent), hear(sent)

    silence = Suppression.objects.get()
    assert (first.silenced, second.silenced) == (1, 0)
    assert (silence.store, silence.address, silence.reason) == (luna, "giulia@posta.example", "hard_bounce")
    assert (silence.source, silence.words) == ("bounce mail", "550 5.1.1 no")
    assert EventRecord.objects.filter(kind="MessageFailed").count() == 1


def test_a_friends_dead_address_is_no_news_of_the_buyer(sent, giulia, place_order):
    Message.objects.update(
        kind="followed_news", to_address="nonna@posta.example", order=place_order(tell=False)
    )

    hear(sent, address="nonna@posta.example")

    assert Suppression.objects.get().address == "nonna@posta.example"
    told = EventRecord.objects.get(kind="MessageFailed")
    assert (told.customer_id, told.order_id, told.subject_id) == (None, None, sent.pk)
    assert not Message.objects.of_customer(giulia).exists()


def test_a_complaint_silences_and_a_full_mailbox_does_not(sent):
    full = hear(sent, what=What.NOT_TAKEN)
    hear(sent, what=What.COMPLAINT, address="")

    assert (full.silenced, full.noted) == (0, 1)
    assert Suppression.objects.get().reason == "complaint"


def test_a_forged_report_silences_nobody(sent):
    other_id = hear(sent, name=f"{sent.pk}.guessed@bottegaluna.example")
    other_address = hear(sent, address="ugo@posta.example")

    assert (other_id.unknown, other_address.unknown) == (1, 1)
    assert not Suppression.objects.exists()


def test_the_confirmation_that_opens_an_orders_thread_is_found_by_its_order(place_order):
    order = place_order()
    Message.objects.update(sent_at=NOON, message_id=f"order-{order.pk}.abc@bottegaluna.example")

    assert hear(Message.objects.get()).silenced == 1


def test_the_command_reads_a_pipe(sent, monkeypatch):
    raw = dsn().replace(b"41.abc", f"{sent.pk}.abc".encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))

    answer = bounces.run(SimpleNamespace(files=[], maildir=None))

    assert answer.data == {"mails": 1, "silenced": 1, "noted": 0, "unknown": 0}


def test_the_command_puts_the_mails_of_a_maildir_away(sent, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(dsn().replace(b"41.abc", f"{sent.pk}.abc".encode()))
    (tmp_path / "new" / "2").write_bytes(b"Subject: hello\n\nHow are you?")

    answer = bounces.run(SimpleNamespace(files=[], maildir=str(tmp_path)))
    again = bounces.run(SimpleNamespace(files=[], maildir=str(tmp_path)))

    assert (answer.data["mails"], answer.data["silenced"], again.data["mails"]) == (2, 1, 0)
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1:2,S", "2:2,S"]


@pytest.fixture
def complaints(sent, luna):
    for number in range(3):
        Suppression.objects.create(
            store=luna, address=f"p{number}@posta.example", reason="complaint", made_at=NOON - DAY
        )


def test_sending_pauses_itself_says_so_and_what_belongs_to_orders_goes_on(
    complaints, luna, giulia, place_order
):
    actions.watch_standing(NOON)
    question = Wanted(store_id=luna.pk, key="q", kind="question", customer_id=giulia.pk)
    actions.ask([question], now=NOON)
    order = place_order()

    paused = SpeakingPolicy.objects.get(store=luna)
    assert (paused.paused_because, paused.paused_data["complaints"]) == ("complaints", 3)
    assert EventRecord.objects.filter(kind="SendingPaused").count() == 1
    assert Message.objects.get(key="q").reason == "sending_paused"
    assert Message.objects.of_order(order).get().state == "asked"


def test_a_person_lets_it_go_on_and_what_they_saw_stops_it_no_more(complaints, luna, giulia, chiara, client):
    actions.watch_standing(NOON)
    client.force_login(chiara)
    shown = client.get("/office/outbox/").content.decode()
    actions.resume_sending(luna, by=chiara, now=NOON)

    assert "Sending has paused itself" in shown
    assert actions.watch_standing(NOON + timedelta(hours=1)) == 0
    assert SpeakingPolicy.objects.get().resumed_by == chiara


def test_addresses_from_an_imported_list_say_nothing_about_our_sending(complaints, luna):
    Suppression.objects.update(source="import")

    assert actions.watch_standing(NOON) == 0


def test_pausing_keeps_the_policy_and_keeping_a_policy_keeps_the_pause(complaints, luna, chiara, client):
    actions.watch_standing(NOON)
    from passaparola.messages.tests.test_pages import typed

    client.force_login(chiara)
    client.post("/office/policy/", typed(cap_news_most="2"))

    row = SpeakingPolicy.objects.get()
    assert (row.caps["news"], row.paused_because) == ([2, 7], "complaints")


def test_today_says_that_sending_has_paused(complaints, chiara, client):
    client.force_login(chiara)
    calm = client.get("/office/").content.decode()
    actions.watch_standing(NOON)

    assert "Sending has paused itself" not in calm
    assert "Sending has paused itself" in client.get("/office/").content.decode()
