"""WhatsApp: what the Cloud API is asked, what its answers mean, and what it tells."""

import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.inbound.source import UnreadableError
from passaparola.kernel.http.tests.servers import answer
from passaparola.messages.channel import Reached, Result, UnsendableError
from passaparola.messages.channels.tests.provider import (
    NOW,
    account,
    as_json,
    handed_over,
    letter,
    posted,
    told_in,
)
from passaparola.messages.channels.whatsapp.channel import WhatsAppChannel
from passaparola.messages.connected import Progress, Step, Words
from passaparola.messages.rules.values import Purpose

HOST = "graph.facebook.com"
ACCOUNT = account("app-secret", phone_number_id="1122", token="EAAG-token", template="order_news")
TAKEN = as_json(
    {
        "messaging_product": "whatsapp",
        "contacts": [{"input": "393331234567", "wa_id": "393331234567"}],
        "messages": [{"id": "wamid.HBgM"}],
    }
)


def write(channel, pk, **changes):
    return letter(**{"to": "+393331234567", "pk": pk, "account": ACCOUNT} | changes)


def send(behave, count=1, **changes):
    return handed_over(
        WhatsAppChannel, HOST, behave, lambda channel, pk: write(channel, pk, **changes), count=count
    )


def failed(code, status="400 Bad Request"):
    error = {"message": f"(#{code}) no", "code": code, "error_data": {"details": "no"}, "fbtrace_id": "A"}
    return as_json({"error": error}, status)


def heard(ago):
    return Reached(heard_at=NOW - ago)


def test_outside_the_window_the_approved_template_is_sent():
    (outcome,), (asked,) = send(TAKEN)

    assert asked.line == "POST /v23.0/1122/messages HTTP/1.1"
    assert asked.headers["authorization"] == "Bearer EAAG-token"
    told = told_in(asked)
    assert (told["to"], told["type"]) == ("393331234567", "template")
    assert told["template"]["name"] == "order_news"
    assert told["template"]["language"] == {"code": "it"}
    news, link = told["template"]["components"][0]["parameters"]
    assert news["text"].startswith("Il pacco 1 di 2 è in viaggio con BRT.")
    assert link["text"] == "https://ordini.example/o/abc/"
    assert (outcome.result, outcome.provider_id) == (Result.SENT, "wamid.HBgM")


@pytest.mark.parametrize(
    ("ago", "kind"),
    [(timedelta(0), "text"), (timedelta(hours=23, minutes=54), "text"), (timedelta(hours=24), "template")],
)
def test_within_a_day_of_their_last_words_free_text_is_sent(ago, kind):
    packed = WhatsAppChannel().pack(letter("+393331234567", account=ACCOUNT, reached=heard(ago)))

    assert json.loads(packed.payload)["type"] == kind


def test_without_an_approved_template_it_says_why_it_cannot_be_sent():
    bare = account("s", phone_number_id="1", token="t")

    with pytest.raises(UnsendableError, match="no approved template"):
        WhatsAppChannel().pack(letter("+393331234567", account=bare))
    with pytest.raises(UnsendableError, match="no approved template"):
        WhatsAppChannel().pack(letter("+393331234567", account=ACCOUNT, purpose=Purpose.OFFER))


def test_only_an_account_with_a_template_may_write_first():
    bare = account("s", phone_number_id="1", token="t")

    assert WhatsAppChannel().may_open(bare, is_window_open=True)
    assert not WhatsAppChannel().may_open(bare, is_window_open=False)
    assert WhatsAppChannel().may_open(ACCOUNT, is_window_open=False)
    assert not WhatsAppChannel().may_open(ACCOUNT, is_window_open=False, is_owed=False)


def test_whoever_hides_the_number_is_written_to_by_metas_own_name_for_them():
    packed = WhatsAppChannel().pack(letter("IT.13491208655302741918", account=ACCOUNT))

    told = json.loads(packed.payload)
    assert told["recipient"] == packed.recipient == "IT.13491208655302741918"
    assert "to" not in told
    with pytest.raises(UnsendableError, match="is no phone number"):
        WhatsAppChannel().pack(letter("IT.1349/1208", account=ACCOUNT))


def test_the_line_that_begins_a_chat_names_the_order():
    link = WhatsAppChannel().beginning(account("s", number="+39 055 123456"), "Abc_-1234567890xyz")

    assert link == "https://wa.me/39055123456?text=Start%20Abc_-1234567890xyz"
    said = {"from": "393331234567", "id": "wamid.3", "type": "text"}
    (told,) = read(messages=[said | {"text": {"body": "Start Abc_-1234567890xyz "}}])
    assert (told.start, told.is_start) == ("Abc_-1234567890xyz", True)


@pytest.mark.parametrize(
    ("told", "result", "is_dead"),
    [
        (failed(131026), Result.REFUSED, True),
        (failed(131030), Result.LATER, False),
        (failed(131062), Result.REFUSED, False),
        (failed(133010), Result.DOWN, False),
        (failed(200, "403 Forbidden"), Result.DOWN, False),
        (failed(131047), Result.LATER, False),
        (failed(131056), Result.LATER, False),
        (failed(132001, "404 Not Found"), Result.LATER, False),
        (failed(131049), Result.REFUSED, False),
        (failed(130429), Result.DOWN, False),
        (failed(190, "401 Unauthorized"), Result.DOWN, False),
        (failed(0, "401 Unauthorized"), Result.DOWN, False),
        (failed(131051), Result.REFUSED, False),
        (failed(999_999, "500 Internal Server Error"), Result.UNKNOWN, False),
        (answer(b"", "502 Bad Gateway"), Result.UNKNOWN, False),
        (answer(b"{}"), Result.UNKNOWN, False),
        (answer(b"not json"), Result.UNKNOWN, False),
        (answer(b"[" * 50_000), Result.UNKNOWN, False),
        (as_json({"messages": "one"}), Result.UNKNOWN, False),
        (as_json({"messages": [{"id": None}]}), Result.UNKNOWN, False),
        (as_json({"error": "no"}, "400 Bad Request"), Result.REFUSED, False),
    ],
)
def test_each_answer_means_one_thing(told, result, is_dead):
    (outcome,), _asked = send(told)

    assert (outcome.result, outcome.is_dead_address) == (result, is_dead)


def test_a_rate_limit_stops_the_account_and_not_the_letters():
    outcomes, asked = send(failed(130429), count=30)

    assert {outcome.result for outcome in outcomes} == {Result.DOWN}
    assert all(outcome.pause for outcome in outcomes)
    assert len(asked) < 30


def test_too_many_to_one_person_holds_up_nobody_else():
    outcomes, asked = send(failed(131056), count=12)

    assert {outcome.pause for outcome in outcomes} == {None}
    assert len(asked) == 12


# What it tells.


def hook(**value):
    changes = [{"value": {"messaging_product": "whatsapp"} | value, "field": "messages"}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}


def read(**value):
    return WhatsAppChannel().read(posted(hook(**value)))


def status(step, **more):
    return {"id": "wamid.1", "status": step, "timestamp": "1763463600", "recipient_id": "393331234567"} | more


def test_a_status_tells_how_far_it_came_and_what_it_is_charged_as():
    (progress,) = read(
        statuses=[
            status("delivered", pricing={"billable": True, "pricing_model": "PMP", "category": "utility"})
        ]
    )

    assert progress == Progress(
        provider_id="wamid.1",
        step=Step.DELIVERED,
        at=datetime(2025, 11, 18, 11, tzinfo=UTC),
        category="utility",
    )


@pytest.mark.parametrize(
    ("pricing", "is_free"),
    [
        ({"billable": False, "category": "service"}, True),
        ({"pricing_model": "PMP", "type": "free_customer_service", "category": "utility"}, True),
        ({"pricing_model": "PMP", "type": "regular", "category": "utility"}, False),
    ],
)
def test_what_is_not_billable_is_free(pricing, is_free):
    (progress,) = read(statuses=[status("sent", pricing=pricing)])

    assert isinstance(progress, Progress)
    assert progress.is_free is is_free


def test_a_failure_says_why_and_whether_the_number_is_any_good():
    errors = [
        {"code": 131026, "title": "Message undeliverable", "error_data": {"details": "not on WhatsApp"}}
    ]

    (progress,) = read(statuses=[status("failed", errors=errors)])

    assert isinstance(progress, Progress)
    assert (progress.step, progress.words, progress.is_dead_address) == (
        Step.FAILED,
        "131026 not on WhatsApp",
        True,
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"type": "text", "text": {"body": "Quando arriva?"}}, "Quando arriva?"),
        ({"type": "image", "image": {"caption": "È rotto", "id": "1"}}, "È rotto"),
        ({"type": "image", "image": {"id": "1"}}, "[image]"),
        ({"type": "button", "button": {"text": "Sì", "payload": "x"}}, "Sì"),
        (
            {
                "type": "interactive",
                "interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": "Domani"}},
            },
            "Domani",
        ),
        ({"type": "unsupported", "errors": []}, "[unsupported]"),
    ],
)
def test_what_a_customer_writes_is_read(said, words):
    (told,) = read(messages=[{"from": "393331234567", "id": "wamid.2", "timestamp": "1763463600"} | said])

    assert isinstance(told, Words)
    assert (told.address, told.words) == ("+393331234567", words)


def test_who_hides_the_number_is_heard_all_the_same():
    said = {"from_user_id": "IT.1349", "id": "wamid.2", "type": "text", "text": {"body": "Ciao"}}

    (told,) = read(messages=[said])

    assert (told.address, told.words) == ("IT.1349", "Ciao")
    assert read(messages=[said | {"from_user_id": "x/../y"}]) == ()


def test_a_reaction_is_nothing_said():
    assert read(messages=[{"from": "393331234567", "id": "1", "type": "reaction", "reaction": {}}]) == ()


@pytest.mark.parametrize("when", ["99999999999", "-5", "", None, "soon", {}])
def test_a_time_that_makes_no_sense_is_now(when):
    (progress,) = read(statuses=[status("sent", timestamp=when)])

    assert progress.at == NOW


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["statuses", "messages", "id", "status", "type", "from", "text", "errors", "pricing"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_where_it_does_not_belong_nothing_breaks(value):
    told = {"object": "whatsapp_business_account", "entry": [{"changes": [{"value": value}]}]}

    WhatsAppChannel().read(posted(told))


def test_what_is_for_another_product_is_said_so():
    with pytest.raises(UnreadableError):
        WhatsAppChannel().read(posted({"object": "page"}))


def test_only_what_meta_signed_is_let_in():
    body = json.dumps(hook()).encode()
    seal = "sha256=" + hmac.new(b"app-secret", body, "sha256").hexdigest()
    channel = WhatsAppChannel()

    assert channel.is_authentic(posted(body, X_Hub_Signature_256=seal), "app-secret")
    assert not channel.is_authentic(posted(body + b" ", X_Hub_Signature_256=seal), "app-secret")
    assert not channel.is_authentic(posted(body, X_Hub_Signature_256=seal.upper()), "app-secret")
    assert not channel.is_authentic(posted(body), "app-secret")
    assert not channel.is_authentic(posted(body, X_Hub_Signature_256="sha256=é"), "app-secret")


def test_the_challenge_is_answered_only_to_who_knows_the_address():
    channel = WhatsAppChannel()
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "token-1"}

    assert channel.greeting(asked, "token-1") == "1158201444"
    assert channel.greeting(asked, "another") is None
    assert channel.greeting(asked | {"hub.mode": "x"}, "token-1") is None
    assert channel.greeting(asked | {"hub.challenge": "<script>"}, "token-1") is None
    assert channel.greeting({}, "") is None
