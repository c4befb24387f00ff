"""Telegram: what the Bot API is asked, what its answers mean, and what it tells."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.kernel.http.tests.servers import answer
from passaparola.messages.channel import Result, UnsendableError
from passaparola.messages.channels.telegram.channel import TelegramChannel
from passaparola.messages.channels.tests.provider import (
    HOOK,
    account,
    as_json,
    handed_over,
    letter,
    posted,
    told_in,
)
from passaparola.messages.connected import Left, Words

HOST = "api.telegram.org"
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ACCOUNT = account("our-secret", bot="luna_bot", token=TOKEN)
TAKEN = as_json({"ok": True, "result": {"message_id": 5, "chat": {"id": 4242}, "date": 1763463600}})


def write(channel, pk, **changes):
    return letter(**{"to": "4242", "pk": pk, "account": ACCOUNT} | changes)


def send(behave, count=1):
    return handed_over(TelegramChannel, HOST, behave, write, count=count)


def failed(status, description, **parameters):
    told = {"ok": False, "error_code": int(status[:3]), "description": description}
    return as_json(told | ({"parameters": parameters} if parameters else {}), status)


def test_it_asks_as_documented():
    (outcome,), (asked,) = send(TAKEN)

    assert asked.line == f"POST /bot{TOKEN}/sendMessage HTTP/1.1"
    told = told_in(asked)
    assert told["chat_id"] == 4242
    assert told["text"].startswith("Il pacco 1 di 2 è in viaggio con BRT.")
    assert told["text"].endswith("\nhttps://ordini.example/o/abc/")
    assert (outcome.result, outcome.provider_id) == (Result.SENT, "4242:5")


@pytest.mark.parametrize("address", ["", "+393331234567", "@luna", "-100", "0", "1" * 40])
def test_only_a_chat_that_the_customer_began_is_an_address(address):
    with pytest.raises(UnsendableError, match="is no chat"):
        TelegramChannel().pack(letter(address))


@pytest.mark.parametrize(
    ("told", "result", "is_dead"),
    [
        (failed("403 Forbidden", "Forbidden: bot was blocked by the user"), Result.REFUSED, True),
        (failed("400 Bad Request", "Bad Request: chat not found"), Result.REFUSED, True),
        (failed("400 Bad Request", "Bad Request: message is too long"), Result.REFUSED, False),
        (failed("401 Unauthorized", "Unauthorized"), Result.DOWN, False),
        (failed("404 Not Found", "Not Found"), Result.DOWN, False),
        (failed("500 Internal Server Error", "Internal"), Result.UNKNOWN, False),
        (answer(b"<html>", "502 Bad Gateway"), Result.UNKNOWN, False),
        (as_json({"ok": True}), Result.UNKNOWN, False),
        (as_json({"ok": "true", "result": {"message_id": 5}}), Result.UNKNOWN, False),
        (answer(b"{"), Result.UNKNOWN, False),
    ],
)
def test_each_answer_means_one_thing(told, result, is_dead):
    (outcome,), _asked = send(told)

    assert (outcome.result, outcome.is_dead_address) == (result, is_dead)


@pytest.mark.parametrize(
    ("said", "pause"), [(35, 35), (0, 30), (-5, 30), ("soon", 30), (True, 30), (10**9, 86_400)]
)
def test_it_waits_as_long_as_telegram_says_in_the_body(said, pause):
    outcomes, asked = send(
        failed("429 Too Many Requests", "Too Many Requests: retry after", retry_after=said), count=20
    )

    assert {outcome.pause for outcome in outcomes} == {timedelta(seconds=pause)}
    assert len(asked) < 20


def test_a_token_that_is_none_leads_nowhere_else():
    request = TelegramChannel().announcement(account("s", bot="b", token="../../evil?x="))

    assert request is not None
    assert request.url == "https://api.telegram.org/bot0:unknown/setWebhook"


def test_telegram_is_told_where_to_post_and_with_which_secret():
    request = TelegramChannel().announcement(ACCOUNT)

    assert request is not None
    told = json.loads(request.body)
    assert (told["url"], told["secret_token"]) == (HOOK, "our-secret")


# What it tells.


def message(words, **more):
    said = {
        "message_id": 9,
        "date": 1763463600,
        "chat": {"id": 4242, "type": "private"},
        "from": {"id": 4242, "first_name": "Giulia"},
        "text": words,
    }
    return {"update_id": 1, "message": said | more}


def read(told):
    return TelegramChannel().read(posted(told))


def test_what_a_customer_writes_is_read():
    assert read(message("Quando arriva?")) == (
        Words(
            provider_id="4242:9",
            address="4242",
            words="Quando arriva?",
            at=datetime(2025, 11, 18, 11, tzinfo=UTC),
        ),
    )


def test_who_comes_by_our_link_brings_its_token():
    (told,) = read(message("/start c2lnbmVk-dG9rZW4_"))

    assert isinstance(told, Words)
    assert (told.start, told.is_start) == ("c2lnbmVk-dG9rZW4_", True)


def test_stop_is_a_stop():
    (told,) = read(message("/stop"))

    assert isinstance(told, Words)
    assert told.is_stop


def test_whoever_blocks_the_bot_has_left():
    told = {
        "update_id": 2,
        "my_chat_member": {
            "chat": {"id": 4242, "type": "private"},
            "date": 1763463600,
            "new_chat_member": {"status": "kicked"},
        },
    }

    (left,) = read(told)

    assert isinstance(left, Left)
    assert left.address == "4242"


def test_what_is_said_in_groups_is_none_of_our_business():
    assert read(message("hello", chat={"id": -100, "type": "group"})) == ()


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=4),
        lambda inner: st.dictionaries(
            st.sampled_from(
                ["message", "chat", "id", "type", "text", "date", "my_chat_member", "message_id"]
            ),
            inner,
        ),
        max_leaves=15,
    )
)
def test_whatever_stands_where_it_does_not_belong_nothing_breaks(told):
    read({"update_id": 1, "message": told, "my_chat_member": told})


def test_an_update_sent_again_is_the_same_delivery():
    channel = TelegramChannel()

    assert channel.key(posted(b'{"update_id": 77, "message": {}}')) == "update-77"
    assert channel.key(posted(b"{}")) != channel.key(posted(b"[]"))


def test_only_who_knows_the_secret_is_let_in():
    channel = TelegramChannel()

    assert channel.is_authentic(posted({}, X_Telegram_Bot_Api_Secret_Token="our-secret"), "our-secret")
    assert not channel.is_authentic(posted({}, X_Telegram_Bot_Api_Secret_Token="another"), "our-secret")
    assert not channel.is_authentic(posted({}), "our-secret")
    assert not channel.is_authentic(posted({}, X_Telegram_Bot_Api_Secret_Token=""), "")
