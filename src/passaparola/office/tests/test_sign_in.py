"""The ways in and out."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone
from tests.cast import PASSWORD

from passaparola.office import mail
from passaparola.stores import actions
from passaparola.stores.models import Member, Membership, Role, SignInLink, Store

SIGN_IN = "/office/sign-in/"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail is sent in the test's own thread, which alone sees the test's transaction."""
    monkeypatch.setattr(mail, "soon", lambda send, email: send(email))


def link_for(member: Member, hours: float = 0.25) -> str:
    return urlsplit(actions.make_sign_in_link(member, now=timezone.now(), hours=hours)).path


def is_in(client: Client) -> bool:
    return client.get("/office/").status_code == 200


def test_the_right_password_opens_the_office(client: Client, sara: Member) -> None:
    answer = client.post(SIGN_IN, {"email": "Sara@bottegaluna.example ", "password": PASSWORD})

    assert answer.headers["location"] == "/office/"
    assert is_in(client)


def test_after_signing_in_they_are_where_they_wanted_to_go(client: Client, sara: Member) -> None:
    asked = client.get("/office/").headers["location"]

    answer = client.post(asked, {"email": sara.email, "password": PASSWORD})

    assert answer.headers["location"] == "/office/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client: Client, sara: Member, elsewhere: str) -> None:
    answer = client.post(f"{SIGN_IN}?next={elsewhere}", {"email": sara.email, "password": PASSWORD})

    assert answer.headers["location"] == "/office/"


def test_the_device_learns_the_persons_language(client: Client, sara: Member) -> None:
    client.post(SIGN_IN, {"email": sara.email, "password": PASSWORD})

    assert client.cookies["django_language"].value == "it"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, sara: Member) -> None:
    wrong = client.post(SIGN_IN, {"email": sara.email, "password": "wrong"})
    unknown = client.post(SIGN_IN, {"email": "nobody@else.example", "password": "wrong"})

    assert wrong.status_code == unknown.status_code == 400
    assert "This e-mail and this password don&#x27;t go together." in wrong.content.decode()
    assert "This e-mail and this password don&#x27;t go together." in unknown.content.decode()


def test_whoever_tries_too_often_has_to_wait_even_with_the_right_password(
    client: Client, sara: Member
) -> None:
    for _ in range(10):
        client.post(SIGN_IN, {"email": sara.email, "password": "wrong"})

    answer = client.post(SIGN_IN, {"email": sara.email, "password": PASSWORD})

    assert "tried too often" in answer.content.decode()
    assert not is_in(client)


def test_one_source_can_not_try_many_addresses(client: Client, sara: Member) -> None:
    for n in range(60):
        client.post(SIGN_IN, {"email": f"p{n}@posta.example", "password": ""})

    answer = client.post(SIGN_IN, {"email": sara.email, "password": PASSWORD})

    assert "tried too often" in answer.content.decode()


def test_somebody_inactive_does_not_come_in(client: Client, sara: Member) -> None:
    link = link_for(sara)
    Member.objects.update(is_active=False)

    client.post(SIGN_IN, {"email": sara.email, "password": PASSWORD})
    client.post(link)

    assert not is_in(client)


def test_a_link_signs_in_once(client: Client, sara: Member) -> None:
    link = link_for(sara)

    first, second = client.post(link), Client().post(link)

    assert (first.status_code, second.status_code) == (302, 410)
    assert is_in(client)


def test_opening_a_link_spends_nothing(client: Client, sara: Member) -> None:
    link = link_for(sara)

    looked = [client.get(link), client.head(link), client.get(link)]

    assert [answer.status_code for answer in looked] == [200, 200, 200]
    assert not is_in(client)
    assert client.post(link).status_code == 302


def test_an_old_link_does_not_work(client: Client, sara: Member) -> None:
    link = link_for(sara)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(link).status_code == client.post(link).status_code == 410


def test_a_link_is_kept_so_that_nobody_can_read_it(sara: Member) -> None:
    link = link_for(sara)

    assert link.split("/")[-2] not in str(SignInLink.objects.values())


def test_asking_for_a_link_tells_nobody_who_is_known(client: Client, sara: Member) -> None:
    known = client.post("/office/sign-in/link/", {"email": sara.email})
    unknown = client.post("/office/sign-in/link/", {"email": "nobody@else.example"})

    assert known.status_code == unknown.status_code == 200
    assert known.content.decode().replace(sara.email, "…") == unknown.content.decode().replace(
        "nobody@else.example", "…"
    )
    assert [sent.to for sent in outbox.outbox] == [[sara.email]]


def test_the_link_in_the_mail_works(client: Client, sara: Member) -> None:
    client.post("/office/sign-in/link/", {"email": sara.email})

    sent = str(outbox.outbox[0].body)
    link = next(word for word in sent.split() if "/office/sign-in/" in word)

    assert "Ciao Sara" in sent
    assert client.post(urlsplit(link).path).status_code == 302


def test_a_bad_address_gets_a_sentence(client: Client, db: None) -> None:
    answer = client.post("/office/sign-in/link/", {"email": "sara@"})

    assert "Enter a valid email address." in answer.content.decode()


def test_signing_out_takes_a_button(client: Client, sara: Member) -> None:
    client.force_login(sara)

    assert client.get("/office/sign-out/").status_code == 405
    assert is_in(client)
    client.post("/office/sign-out/")
    assert not is_in(client)


def test_somebody_in_no_team_is_told_what_to_do(client: Client, sara: Member) -> None:
    client.force_login(sara)
    Membership.objects.all().delete()

    answer = client.get("/office/")

    assert answer.status_code == 403
    assert "sara@bottegaluna.example" in answer.content.decode()


def test_somebody_in_two_teams_goes_from_shop_to_shop(client: Client, sara: Member) -> None:
    second = Store.objects.create(slug="forno", name="Il Forno", url="https://forno.example")
    Membership.objects.create(store=second, member=sara, role=Role.OWNER)
    client.force_login(sara)

    client.post("/office/shop/", {"store": "forno"})

    assert "Il Forno" in client.get("/office/").content.decode()


def test_nobody_goes_over_to_a_shop_that_is_not_theirs(
    client: Client, sara: Member, stranger: Member
) -> None:
    client.force_login(sara)

    answer = client.post("/office/shop/", {"store": "altrove"})

    assert answer.status_code == 404
    assert "Bottega Luna" in client.get("/office/").content.decode()
