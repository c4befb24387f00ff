"""Passkeys: a device lets its customer in, and nobody else, nowhere else, never twice with one answer."""

import json
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from passaparola.account import actions, guard
from passaparola.account.actions.passkeys import handle_of
from passaparola.account.events import PasskeyAdded
from passaparola.account.models import AccountSession, Passkey, PasskeyQuestion
from passaparola.account.rules.passkeys import MOST_PASSKEYS, is_copied
from passaparola.account.tests.device import SITE, Device
from passaparola.account.webauthn import NoPasskeyError, made_with, read
from passaparola.account.webauthn import Site as At
from passaparola.customers.models import Customer
from passaparola.kernel.events import emit
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.stores.models import Member, Store

ACCOUNT = "/s/bottega-luna/account/"
OURS = At(SITE, "Bottega Luna")


def asked_to_add(client: Client) -> dict[str, Any]:
    return dict(client.post(f"{ACCOUNT}passkeys/options/").json())


def asked_to_sign_in(client: Client, slug: str = "bottega-luna") -> dict[str, Any]:
    return dict(client.post(f"/s/{slug}/account/passkey/options/").json())


def added(client: Client, device: Device, **lies: Any) -> Any:
    answer = device.make(asked_to_add(client), **lies)
    return client.post(f"{ACCOUNT}passkeys/?lang=en", {"name": "Telefonino", "answer": answer}, follow=True)


def is_let_in(client: Client, said: str, slug: str = "bottega-luna") -> bool:
    answer = client.post(f"/s/{slug}/account/passkey/", {"answer": said})
    return answer.status_code == 302 and answer["Location"].startswith(f"/s/{slug}/account/?")


@pytest.fixture
def device(signed_in: Client) -> Device:
    made = Device()
    added(signed_in, made)
    assert Passkey.objects.count() == 1
    return made


def test_whoever_gets_a_new_passkey_hears_of_it(device: Device, luna: Store) -> None:
    told = Message.objects.get(kind="passkey_added")

    assert (told.to_address, told.data["name"]) == ("giulia@posta.example", "Telefonino")
    assert told.data["url"].endswith(f"{ACCOUNT}passkeys/")


def test_a_passkeys_name_leads_nobody_elsewhere(device: Device) -> None:
    """It warns of whoever named the passkey."""
    Passkey.objects.update(name="Blocked: go to evil.example")
    passkey = Passkey.objects.get()
    Message.objects.all().delete()

    told = PasskeyAdded(
        store_id=passkey.store_id, happened_at=passkey.made_at, key="again", subject_id=passkey.pk
    )
    emit([told], now=passkey.made_at)

    assert Message.objects.get(kind="passkey_added").data["name"] == ""


def test_a_device_that_was_added_lets_its_customer_in(client: Client, device: Device) -> None:
    assert is_let_in(client, device.sign(asked_to_sign_in(client)))

    home = client.get(ACCOUNT).content.decode()
    passkey, session = Passkey.objects.get(), AccountSession.objects.latest("pk")
    assert "BL-10240" in home
    assert (passkey.name, passkey.count) == ("Telefonino", device.count)
    assert passkey.used_at is not None
    assert (session.kind, session.address) == ("email", "giulia@posta.example")
    assert EventRecord.objects.filter(kind="PasskeyAdded").count() == 1


def test_a_device_that_never_counts_lets_in_again_and_again(client: Client, signed_in: Client) -> None:
    device = Device(counts=False)
    added(signed_in, device)

    assert [is_let_in(Client(), device.sign(asked_to_sign_in(client))) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize(
    "lies",
    [
        {"origin": "https://testserver.evil.example"},
        {"origin": "http://testserver:8080"},
        {"origin": "https://testserver"},
        {"origin": "http://sub.testserver"},
        {"site": "evil.example"},
        {"kind": "webauthn.create"},
        {"framed": True},
        {"verified": False},
        {"key": ec.generate_private_key(ec.SECP256R1())},
        {"handle": b"x" * 32},
        {"count": 0},
        {"count": 1},
    ],
    ids=lambda lies: "-".join(f"{key}-{value}"[:40] for key, value in lies.items()),
)
def test_an_answer_that_lies_lets_nobody_in(client: Client, device: Device, lies: dict[str, Any]) -> None:
    assert not is_let_in(client, device.sign(asked_to_sign_in(client), **lies))

    assert guard.COOKIE not in client.cookies
    assert Passkey.objects.get().used_at is None


@pytest.mark.parametrize(
    "lies",
    [
        {"origin": "https://evil.example"},
        {"site": "evil.example"},
        {"kind": "webauthn.get"},
        {"framed": True},
        {"verified": False},
    ],
    ids="-".join,
)
def test_a_device_that_lies_is_not_added(signed_in: Client, lies: dict[str, Any]) -> None:
    page = added(signed_in, Device(), **lies).content.decode()

    assert "no passkey was added" in page
    assert not Passkey.objects.exists()


def test_an_answer_counts_once(client: Client, device: Device) -> None:
    said = device.sign(asked_to_sign_in(client))
    assert is_let_in(client, said)

    assert not is_let_in(Client(), said)


def test_a_wrong_answer_has_used_its_question_up(client: Client, device: Device) -> None:
    question = asked_to_sign_in(client)
    assert not is_let_in(client, device.sign(question, origin="https://evil.example"))

    assert not is_let_in(client, device.sign(question))


def test_a_question_that_we_never_asked_is_answered_in_vain(client: Client, device: Device) -> None:
    question = asked_to_sign_in(client) | {"challenge": "A" * 43}

    assert not is_let_in(client, device.sign(question))


def test_an_old_question_is_answered_in_vain(client: Client, device: Device) -> None:
    question = asked_to_sign_in(client)
    PasskeyQuestion.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    assert not is_let_in(client, device.sign(question))


def test_a_question_for_signing_in_adds_no_passkey(client: Client, signed_in: Client) -> None:
    device, question = Device(), asked_to_add(signed_in)
    question["challenge"] = asked_to_sign_in(client)["challenge"]

    signed_in.post(f"{ACCOUNT}passkeys/", {"name": "x", "answer": device.make(question)})

    assert not Passkey.objects.exists()


def test_another_shop_lets_nobody_in(client: Client, device: Device, stranger: Member) -> None:
    del stranger  # their shop, at the same address, is `altrove`
    said = device.sign(asked_to_sign_in(client, "altrove"))

    assert not is_let_in(client, said, "altrove")
    assert not is_let_in(client, device.sign(asked_to_sign_in(client, "altrove")))


def test_a_copied_key_is_told_by_its_count(client: Client, device: Device) -> None:
    assert is_let_in(client, device.sign(asked_to_sign_in(client), count=40))

    said = device.sign(asked_to_sign_in(client), count=40)
    page = Client().post(f"{ACCOUNT}passkey/?lang=en", {"answer": said}, follow=True)

    assert "copied" in page.content.decode()
    assert Passkey.objects.get().count == 40


@given(kept=st.integers(0, 2**32), told=st.integers(0, 2**32))
def test_a_count_only_goes_up_or_is_always_nought(kept: int, told: int) -> None:
    assert is_copied(kept=kept, told=told) is not (told > kept or kept == told == 0)


@given(
    said=st.one_of(
        st.text(max_size=200),
        st.recursive(
            st.none() | st.text(max_size=8) | st.integers(),
            lambda x: (
                st.lists(x)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "id",
                            "rawId",
                            "response",
                            "clientDataJSON",
                            "attestationObject",
                            "signature",
                            "authenticatorData",
                        ]
                    ),
                    x,
                )
            ),
        ).map(json.dumps),
    )
)
def test_nonsense_is_never_more_than_refused(said: str) -> None:
    for reads in (lambda: made_with(OURS, said=said), lambda: read(said=said)):
        with pytest.raises(NoPasskeyError):
            reads()


def test_nonsense_on_the_page_is_refused_kindly(client: Client, signed_in: Client) -> None:
    for said in ("", "{}", "[" * 5000, "\x00", "x" * 9000, '{"rawId":"é"}'):
        assert client.post(f"{ACCOUNT}passkey/", {"answer": said}).status_code == 302
        answer = signed_in.post(f"{ACCOUNT}passkeys/", {"name": "x", "answer": said})
        assert answer.status_code in {302, 400}


def test_what_is_removed_lets_nobody_in(client: Client, signed_in: Client, device: Device) -> None:
    path = reverse("account:passkey-change", args=["bottega-luna", Passkey.objects.get().pk])
    signed_in.post(path, {"do": "rename", "name": "The old phone"})
    assert Passkey.objects.get().name == "The old phone"

    signed_in.post(path, {"do": "remove"})

    assert not is_let_in(client, device.sign(asked_to_sign_in(client)))
    assert EventRecord.objects.filter(kind="PasskeyRemoved").count() == 1


def test_nobody_touches_somebody_elses_passkey(luna: Store, device: Device) -> None:
    ugo = Customer.objects.create(store=luna, first_name="Ugo", email="ugo@posta.example")
    other = Client()
    other.cookies[guard.COOKIE] = actions.open_session(
        luna.pk, customer=ugo.pk, kind="email", address=ugo.email, browser="", now=datetime.now(UTC)
    )
    path = reverse("account:passkey-change", args=["bottega-luna", Passkey.objects.get().pk])

    assert other.post(path, {"do": "remove"}).status_code == 404
    assert "Telefonino" not in other.get(f"{ACCOUNT}passkeys/").content.decode()
    assert Client().post(path, {"do": "remove"}).status_code == 302
    assert Passkey.objects.get().name == "Telefonino"


def test_a_device_makes_no_second_one_and_twenty_are_enough(signed_in: Client, device: Device) -> None:
    asked = asked_to_add(signed_in)
    row = Passkey.objects.get()
    for number in range(MOST_PASSKEYS - 1):
        row.pk, row.credential_digest = None, str(number)
        row.save()

    refused = signed_in.post(f"{ACCOUNT}passkeys/options/?lang=en")

    assert len(asked["excludeCredentials"]) == 1
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert (refused.status_code, "twenty" in refused.json()["sentence"]) == (409, True)


def test_what_a_device_keeps_tells_nobody_who_it_is(luna: Store, giulia: Customer) -> None:
    handles = {handle_of(store, customer) for store in (1, 2) for customer in (1, 2, 12)}

    assert len(handles) == 6
    assert str(giulia.pk).encode() not in handle_of(luna.pk, giulia.pk)


def test_somebody_forgotten_is_not_let_in(client: Client, giulia: Customer, device: Device) -> None:
    Customer.objects.filter(pk=giulia.pk).update(erased_at=datetime.now(UTC))

    assert not is_let_in(client, device.sign(asked_to_sign_in(client)))


def test_guessing_is_stopped(client: Client, luna: Store) -> None:
    asked = [client.post(f"{ACCOUNT}passkey/options/").status_code for _ in range(70)]
    tried = [client.post(f"{ACCOUNT}passkey/", {"answer": "{}"}).status_code for _ in range(50)]

    assert {429} == set(asked[60:])
    assert {429} == set(tried[40:])


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(client: Client, device: Device) -> None:
    said = device.sign(asked_to_sign_in(client))
    found: list[bool] = []

    def try_it() -> None:
        found.append(is_let_in(Client(), said))
        connection.close()

    threads = [Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == [False, True]
