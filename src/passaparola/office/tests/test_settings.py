"""The shop's data, look, team and connections, and a person's own choices."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone
from tests.cast import PASSWORD

from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection
from passaparola.office import mail
from passaparola.office.tests.conftest import Luna
from passaparola.stores.models import Member, Membership, SignInLink, Store

BRAND = {"colour": "#8c3b2e", "tint": "#fbf3ee", "radius": "12", "heading_face": "serif"}


@pytest.fixture
def office(client: Client, world: Luna) -> Client:
    client.force_login(world.owner)
    return client


def shop_data(store: Store, **changed: str) -> dict[str, object]:
    names = (
        "name tagline url email phone postal_address city country signature language time_zone currency"
        " cut_off_hour preparation_days quiet_from quiet_until welcome_coupon"
    ).split()
    return {name: getattr(store, name) for name in names} | changed


def test_the_shops_data_is_kept(office: Client, world: Luna) -> None:
    answer = office.post("/office/settings/", shop_data(world.store, name="Luna & figlie", country="fr"))

    assert answer.status_code == 302
    world.store.refresh_from_db()
    assert (world.store.name, world.store.country) == ("Luna & figlie", "FR")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"country": "Italia"}, "at most 2 characters"),
        ({"country": "1!"}, "Write the country as two letters, like IT."),
        ({"currency": "€€€"}, "Write the currency as three letters, like EUR."),
        ({"cut_off_hour": "24"}, "Give an hour from 0 to 23."),
        ({"url": "not an address"}, "Enter a valid URL."),
        ({"time_zone": "Mars/Olympus"}, "not one of the available choices"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_wrong_data_gets_a_sentence_and_is_not_kept(
    office: Client, world: Luna, wrong: dict[str, str], sentence: str
) -> None:
    answer = office.post("/office/settings/", shop_data(world.store, **wrong))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Store.objects.get(pk=world.store.pk).name == "Bottega Luna"


def test_a_colour_that_reads_badly_is_told_with_the_shade_customers_will_see(
    office: Client, world: Luna
) -> None:
    answer = office.post("/office/settings/brand/", BRAND | {"colour": "#ffd54a", "look": "1"})

    page = answer.content.decode()
    assert "Hard to read as words" in page
    assert Store.objects.get(pk=world.store.pk).brand_colour == "#8c3b2e"


def test_a_new_look_is_kept_with_its_time(office: Client, world: Luna) -> None:
    before = timezone.now() - timedelta(days=1)  # set by hand: the database's clock is not the tests'
    Store.objects.filter(pk=world.store.pk).update(brand_changed_at=before)

    office.post("/office/settings/brand/", BRAND | {"colour": "#123456", "radius": "0"})

    world.store.refresh_from_db()
    assert (world.store.brand_colour, world.store.brand_radius) == ("#123456", 0)
    assert world.store.brand_changed_at > before


@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"tint": ""}, {"radius": "99"}, {"heading_face": "comic"}, {"colour": "#12"}]
)
def test_a_look_that_is_none_is_refused(office: Client, world: Luna, wrong: dict[str, str]) -> None:
    answer = office.post("/office/settings/brand/", BRAND | wrong)

    assert answer.status_code == 400
    assert Store.objects.get(pk=world.store.pk).brand_colour == "#8c3b2e"


def test_somebody_new_gets_a_link_that_is_shown_once(office: Client, world: Luna) -> None:
    answer = office.post(
        "/office/settings/team/invite/", {"name": "Grace", "email": "grace@luna.example", "role": "agent"}
    )

    page = answer.content.decode()
    link = next(part for part in page.split('"') if "/office/sign-in/" in part)
    assert Client().post(urlsplit(link).path).status_code == 302
    assert link not in office.get("/office/settings/team/").content.decode()


def test_an_owner_gets_no_way_in_to_somebody_of_another_shop(
    office: Client, world: Luna, stranger: Member
) -> None:
    answer = office.post(
        "/office/settings/team/invite/", {"name": "Ugo", "email": stranger.email, "role": "agent"}
    )

    assert "/office/sign-in/" not in answer.content.decode()
    assert not SignInLink.objects.exists()
    assert Membership.objects.filter(store=world.store, member=stranger).exists()


def test_inviting_somebody_twice_gets_a_sentence(office: Client, world: Luna) -> None:
    answer = office.post(
        "/office/settings/team/invite/",
        {"name": "Sara", "email": world.agent.member.email, "role": "owner"},
    )

    assert "Sara Bianchi is in the team already." in answer.content.decode()


def test_the_last_owner_stays(office: Client, world: Luna) -> None:
    own = Membership.objects.get(member=world.owner)

    answer = office.post(f"/office/settings/team/{own.pk}/remove/", follow=True)

    assert "A shop needs at least one owner." in answer.content.decode()
    assert Membership.objects.filter(pk=own.pk).exists()


def test_whoever_leaves_the_team_is_out_at_once(office: Client, world: Luna) -> None:
    sara = Client()
    sara.force_login(world.agent.member)
    assert sara.get("/office/").status_code == 200

    office.post(f"/office/settings/team/{world.agent.pk}/remove/")

    assert sara.get("/office/").status_code == 403


def test_a_secret_of_ours_is_shown_once(office: Client, world: Luna) -> None:
    answer = office.post("/office/connections/new/connector/woocommerce/", {})

    made = Connection.objects.get(kind="woocommerce")
    assert made.secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert made.secret not in office.get(f"/office/connections/{made.pk}/").content.decode()


def test_a_secret_of_theirs_is_kept_and_never_shown(office: Client, world: Luna) -> None:
    answer = office.post("/office/connections/new/connector/shopify/", {"secret": "shpss_of_theirs"})

    assert Connection.objects.latest("pk").secret == "shpss_of_theirs"
    assert "shpss_of_theirs" not in answer.content.decode()


def test_a_system_that_makes_its_own_secret_needs_it(office: Client, world: Luna) -> None:
    answer = office.post("/office/connections/new/carrier/aftership/", {"secret": ""})

    assert answer.status_code == 400
    assert not Connection.objects.filter(kind="aftership").exists()


@pytest.mark.parametrize("kind", ["connector/dummy", "carrier/nobody", "nothing/shopify", "carrier/manual"])
def test_what_can_not_be_connected_is_not_there(office: Client, world: Luna, kind: str) -> None:
    assert office.get(f"/office/connections/new/{kind}/").status_code == 404


def test_a_new_secret_replaces_the_old_one(office: Client, world: Luna) -> None:
    answer = office.post(f"/office/connections/{world.connection.pk}/secret/", {"secret": ""})

    world.connection.refresh_from_db()
    assert world.connection.secret != "a secret of theirs"
    assert world.connection.secret in answer.content.decode()


def test_what_a_carrier_asks_for_is_kept_and_its_password_not_shown(office: Client, world: Luna) -> None:
    office.post("/office/connections/new/carrier/brt/", {"set_user": "luna", "set_password": "hush hush"})
    made = Connection.objects.get(kind="brt")
    page = f"/office/connections/{made.pk}/"

    office.post(f"{page}settings/", {"set_user": "luna2", "set_password": ""})

    made.refresh_from_db()
    assert made.settings == '{"user": "luna2", "password": "hush hush"}'
    assert "hush" not in office.get(page).content.decode()


def test_giving_money_back_is_switched_on_with_an_encrypted_address_and_off_without_one(
    office: Client, world: Luna
) -> None:
    made = inbound.connect(world.store, role="connector", kind="shopify", secret="made by them")
    page = f"/office/connections/{made.pk}/settings/"

    def kept(address: str, token: str) -> dict[str, str]:
        office.post(page, {"set_shop_address": address, "set_refund_token": token})
        made.refresh_from_db()
        return made.given()

    assert kept("http://luna.example", "shpat_1").get("refund_token") is None
    assert kept("https://luna.example", "shpat_1")["shop_address"] == "https://luna.example"
    assert kept("", "") == {"shop_address": "", "refund_token": "shpat_1"}
    assert made.secret == "made by them"


def test_a_closed_connection_says_so_and_takes_nothing_more(office: Client, world: Luna) -> None:
    office.post(f"/office/connections/{world.connection.pk}/close/")

    world.connection.refresh_from_db()
    assert world.connection.closed_at
    assert "Where it posts" not in office.get(f"/office/connections/{world.connection.pk}/").content.decode()


def test_a_new_password_needs_the_old_one(office: Client, world: Luna) -> None:
    new = "quattro parole mai sentite"

    wrong = office.post("/office/settings/me/password/", {"now": "wrong", "new": new})
    weak = office.post("/office/settings/me/password/", {"now": PASSWORD, "new": "short"})
    right = office.post("/office/settings/me/password/", {"now": PASSWORD, "new": new})

    assert "That is not your password." in wrong.content.decode()
    assert "at least 10 characters" in weak.content.decode()
    assert right.status_code == 302
    assert Member.objects.get(pk=world.owner.pk).check_password(new)
    assert office.get("/office/").status_code == 200


def test_language_and_theme_stay_with_person_and_device(office: Client, world: Luna) -> None:
    office.post("/office/settings/me/", {"name": "Chiara", "language": "it", "theme": "dark"})

    page = office.get("/office/").content.decode()

    assert '<html lang="it" data-theme="dark"' in page
    assert Member.objects.get(pk=world.owner.pk).language == "it"


def test_a_carrier_that_is_asked_with_the_number_alone_can_be_connected(office: Client, world: Luna) -> None:
    assert "Poste Italiane" in office.get("/office/connections/").content.decode()

    assert office.post("/office/connections/new/carrier/poste_it/").status_code == 200
    assert Connection.objects.filter(store=world.store, role="carrier", kind="poste_it").count() == 1


def test_a_carrier_that_sent_us_away_is_said_to_be_left_alone(office: Client, world: Luna) -> None:
    made = inbound.connect(world.store, role="carrier", kind="poste_it")
    Connection.objects.filter(pk=made.pk).update(paused_until=timezone.now() + timedelta(minutes=5))

    assert "Resting, asked again in" in office.get("/office/connections/").content.decode()

    Connection.objects.filter(pk=made.pk).update(paused_until=timezone.now())
    assert "Resting, asked again in" not in office.get("/office/connections/").content.decode()


def test_somebody_of_another_shop_comes_in_only_by_a_mail_to_their_address(
    office: Client, world: Luna, stranger: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "soon", lambda send, email: send(email))
    theirs = Client()
    theirs.force_login(stranger)

    page = office.post(
        "/office/settings/team/invite/", {"name": "Ugo", "email": stranger.email, "role": "owner"}
    ).content.decode()
    theirs.post("/office/shop/", {"store": world.store.slug})

    assert "sign-in/" not in page
    assert "bottega-luna" not in theirs.get("/office/settings/me/").content.decode()
    assert theirs.post("/office/shop/", {"store": world.store.slug}).status_code == 404
    assert [sent.to for sent in outbox.outbox] == [[stranger.email]]


def test_a_shop_with_no_possible_name_is_none(office: Client) -> None:
    assert office.post("/office/shop/", {"store": "a\0b"}).status_code == 404
