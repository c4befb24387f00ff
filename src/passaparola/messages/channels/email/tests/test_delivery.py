"""Handing mails over to a real server on loopback, kind or not."""

from collections import Counter
from types import SimpleNamespace

import pytest

from passaparola.messages.channel import Packed, Result
from passaparola.messages.channels.email.channel import EmailChannel
from passaparola.messages.channels.email.tests.server import mail_server


def mails(count):
    return [
        Packed(
            pk=number,
            sender="ciao@luna.example",
            recipient=f"p{number}@posta.example",
            payload=b"Subject: hello\r\n\r\n.one\r\n..two\r\nend\r\n",
            subject="hello",
            message_id="x",
            template_version="1",
        )
        for number in range(count)
    ]


@pytest.fixture(params=[True, False], ids=["pipelining", "step by step"])
def server(request, settings):
    with mail_server(pipelines=request.param) as server:
        address = SimpleNamespace(scheme="smtp", host="127.0.0.1", port=server.port, user="", password="")
        settings.ENV = SimpleNamespace(mail=address)
        yield server


@pytest.fixture
def channel():
    channel = EmailChannel()
    yield channel
    channel.close()


def results(outcomes):
    return Counter(outcome.result for outcome in outcomes)


def test_every_mail_arrives_once_over_several_connections(channel, server):

    outcomes = list(channel.deliver(mails(60))) + list(channel.deliver(mails(3)))

    assert results(outcomes) == {Result.SENT: 63}
    assert Counter(to for to, _ in server.mails)["p1@posta.example"] == 2
    assert len({to for to, _ in server.mails}) == 60
    assert server.connections <= 4


def test_lines_that_begin_with_a_full_stop_arrive_unharmed(channel, server):
    list(channel.deliver(mails(1)))

    assert server.mails[0][1] == mails(1)[0].payload


def test_a_dead_address_does_not_stop_the_others(channel, server):
    server.script["p1@posta.example"] = "550 5.1.1 No such user"
    server.script["p2@posta.example"] = "450 4.2.1 Greylisted"

    outcomes = {outcome.pk: outcome for outcome in channel.deliver(mails(4))}

    assert (outcomes[1].result, outcomes[1].is_dead_address) == (Result.REFUSED, True)
    assert outcomes[1].words == "550 5.1.1 No such user"
    assert (outcomes[2].result, outcomes[2].is_dead_address) == (Result.LATER, False)
    assert outcomes[0].result == outcomes[3].result == Result.SENT


@pytest.mark.parametrize(
    ("answer", "result"), [("554 5.7.1 Spam", Result.REFUSED), ("451 Busy", Result.LATER)]
)
def test_a_no_after_the_mail_counts(channel, server, answer, result):
    server.script["END"] = answer

    assert [(o.result, o.is_dead_address) for o in channel.deliver(mails(1))] == [(result, False)]


def test_a_refused_sender_is_our_own_mistake_and_waits(channel, server):
    server.script["MAIL"] = "550 5.7.1 You may not send as this"

    assert results(channel.deliver(mails(2))) == {Result.LATER: 2}


def test_a_server_that_closes_down_leaves_the_rest_untried(channel, server):
    server.script["MAIL"] = "421 Closing"

    assert results(channel.deliver(mails(3))) == {Result.DOWN: 3}


def test_an_answer_that_never_comes_is_unknown(channel, server):
    server.script["silent"] = "p0@posta.example"

    outcomes = list(channel.deliver(mails(2)))

    assert [o.result for o in outcomes] == [Result.UNKNOWN, Result.SENT]


def test_a_connection_closed_in_between_is_opened_again(channel, server):
    server.hangs_up_after = 1

    first, second = list(channel.deliver(mails(1))), list(channel.deliver(mails(2)))

    assert results(first + second) == {Result.SENT: 3}


def test_nobody_there_is_down_not_lost(channel, settings):
    with mail_server() as server:
        port = server.port
    nobody = SimpleNamespace(scheme="smtp", host="127.0.0.1", port=port, user="", password="")
    settings.ENV = SimpleNamespace(mail=nobody)

    outcomes = list(channel.deliver(mails(20)))

    assert results(outcomes) == {Result.DOWN: 20}
    assert sorted(o.pk for o in outcomes) == list(range(20))


def test_without_an_address_mails_wait(channel, settings):
    settings.ENV = SimpleNamespace(mail=None)

    assert not channel.is_ready()
    assert results(channel.deliver(mails(2))) == {Result.DOWN: 2}


def test_console_prints_the_mail(channel, settings, capsys):
    console = SimpleNamespace(scheme="console", host="", port=0, user="", password="")
    settings.ENV = SimpleNamespace(mail=console)

    assert results(channel.deliver(mails(1))) == {Result.SENT: 1}
    assert "Subject: hello" in capsys.readouterr().out
