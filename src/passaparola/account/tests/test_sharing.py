"""Others than the buyer: a gift's page, and friends who get the news."""

import pytest
from django.test import Client
from tests.cast import NOON

from passaparola.account import actions
from passaparola.account.links import follow_path, gift_path
from passaparola.account.models import Follower
from passaparola.kernel.events import emit
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.links import preferences_link
from passaparola.messages.models import Consent, Message, Preference, Suppression
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.tracking.events import ParcelOutForDelivery

NOW = NOON
SECRET = (
    "Giulia",
    "Moretti",
    "Tortona",
    "Milano",
    "74.50",
    "74,50",
    "Piatto",
    "Tazza",
    "BRT0000123456",
    "Visa",
)


def test_a_gifts_page_tells_where_it_is_and_nothing_else(client: Client, giulias: Order) -> None:
    html = client.get(f"{gift_path(giulias, now=NOW)}?lang=en").content.decode()

    assert "Something is on its way to you" in html
    assert not [secret for secret in SECRET if secret in html]


def test_a_gifts_link_opens_no_page_of_the_order(client: Client, giulias: Order) -> None:
    token = gift_path(giulias, now=NOW).split("/")[2]

    for page in ("", "details/", "receipt.pdf", "share/"):
        assert client.get(f"/o/{token}/{page}").status_code == 404


def ask(client: Client, order: Order, email: str) -> None:
    client.post(f"{order_path(order.pk, now=NOW)}share/", {"email": email})


def on_the_van(order: Order) -> None:
    parcel = order.parcels.get()
    told = ParcelOutForDelivery(
        store_id=order.store_id,
        happened_at=NOW,
        key=f"parcel:{parcel.pk}:out",
        order_id=order.pk,
        subject_id=parcel.pk,
    )
    emit([told], now=NOW)


def news() -> list[str]:
    return list(Message.objects.filter(kind="followed_news").values_list("to_address", flat=True))


def test_nobody_gets_news_before_they_said_yes(client: Client, giulias: Order) -> None:
    ask(client, giulias, " Nonna@Posta.example ")
    on_the_van(giulias)

    request = Message.objects.get(kind="follow_request")
    assert request.to_address == "nonna@posta.example"
    assert news() == []


def test_who_said_yes_gets_the_news_until_they_say_no(client: Client, giulias: Order) -> None:
    ask(client, giulias, "nonna@posta.example")
    page = follow_path(Follower.objects.get(), now=NOW)
    client.get(page)
    assert Follower.objects.get().confirmed_at is None, "a link scanner says yes to nothing"

    client.post(page, {"answer": "yes"})
    on_the_van(giulias)
    assert news() == ["nonna@posta.example"]

    client.post(page, {"answer": "no"})
    Message.objects.all().delete()
    on_the_van(giulias)
    assert news() == []


def test_nobody_is_sent_an_advertisement_in_the_shape_of_a_name(giulias: Order) -> None:
    giulias.shipping_address = giulias.shipping_address | {"name": "You have won: evil.example"}
    giulias.save()

    actions.ask_follower(giulias, email="anybody@posta.example", now=NOW)

    assert Message.objects.get().data["who"] == ""


def test_who_said_no_is_not_asked_again(giulias: Order) -> None:
    follower = actions.ask_follower(giulias, email="nonna@posta.example", now=NOW)
    actions.end_follower(follower, now=NOW)

    with pytest.raises(actions.NotPossibleError):
        actions.ask_follower(giulias, email="nonna@posta.example", now=NOW)


def test_five_are_enough(giulias: Order) -> None:
    for n in range(5):
        actions.ask_follower(giulias, email=f"friend{n}@posta.example", now=NOW)

    with pytest.raises(actions.NotPossibleError):
        actions.ask_follower(giulias, email="one.more@posta.example", now=NOW)


def test_links_taken_back_end_all_of_them_and_a_new_one_goes_on(client: Client, giulias: Order) -> None:
    old = order_path(giulias.pk, now=NOW)
    gift = gift_path(giulias, now=NOW)
    client.get(old)  # kept from now on

    answer = client.post(f"{old}share/end-links/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain
    assert client.get(old).status_code == 404
    assert client.get(gift).status_code == 404
    giulias.refresh_from_db()
    assert client.get(order_path(giulias.pk, now=NOW, epoch=giulias.link_epoch)).status_code == 200


@pytest.fixture
def to_nonna(giulias: Order) -> list[Message]:
    """Both mails that a friend gets about Giulia's order."""
    follower = actions.ask_follower(giulias, email="nonna@posta.example", now=NOW)
    actions.confirm_follower(follower, now=NOW)
    on_the_van(giulias)
    return list(Message.objects.filter(to_address="nonna@posta.example"))


def test_a_friends_mail_holds_nothing_of_the_order_not_even_for_the_mail_program(
    giulias: Order, to_nonna: list[Message]
) -> None:
    assert {message.kind for message in to_nonna} == {"follow_request", "followed_news"}
    pairs = [(message, KINDS[message.kind]) for message in to_nonna]
    letters = Letters.of(pairs, {giulias.store_id: giulias.store}, NOW)  # type: ignore[arg-type]

    for message, kind in pairs:
        letter = letters.letter(message, kind)  # type: ignore[arg-type]
        written = letter.template.render(letter.data)
        mail = f"{written.subject}{written.html}{written.text}"
        assert "/o/" not in mail
        assert not [secret for secret in (*SECRET[2:], giulias.number) if secret in mail]


def test_a_friend_decides_for_their_own_address_and_never_for_the_customer(
    client: Client, to_nonna: list[Message]
) -> None:
    for message in to_nonna:
        link = preferences_link(message.pk, now=NOW).partition("/u/")[2]
        client.post(f"/u/{link}", {"news": "on", "frequency": "less", "language": "en", "pause": "on"})
        assert client.get(f"/u/{link}").status_code == 200
        client.post(f"/u/{link}", {"List-Unsubscribe": "One-Click"})

    assert not Consent.objects.exists()
    assert not Preference.objects.exists()
    assert Suppression.objects.get().address == "nonna@posta.example"
