"""The team's side: queue, decisions, inspection, rules; and the stranger who sees none of it."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.pages import Asked, StaffPages

from passaparola.kernel.ui import menu
from passaparola.orders.models import Order
from passaparola.returns import actions, desk, urls
from passaparola.returns.models import BackParcel, Photo, Policy, Return, Settings, Statement
from passaparola.returns.rules.states import State
from passaparola.stores.models import Store

from . import some
from .some import CUP, DAY, PLATE, VASE

pytestmark = pytest.mark.django_db


@dataclass
class Luna:
    """Returns in every queue of Bottega Luna."""

    store: Store
    order: Order
    asked: Return
    coming: Return
    here: Return
    looked: Return
    photo: Photo
    parcel: BackParcel
    policy: Policy
    statement: Statement


@pytest.fixture
def world(luna, giulia, sara):
    now = timezone.now()
    order = some.order(luna, giulia, at=now)
    policy = Policy.objects.create(
        store=luna, name="Luna rule", resolutions=["refund", "variant"], ways=["label", "own"]
    )
    asked = some.filed(order, {CUP: 2}, reason="broken.inside", now=now)
    coming = some.filed(order, {PLATE: 1}, way="label", now=now)
    actions.send_label(coming, by=sara, label=b"%PDF-1.4", code="QX", now=now)
    here = some.filed(order, {PLATE: 1}, now=now)
    actions.receive(here, by=sara, now=now)
    looked = some.filed(order, {VASE: 1}, now=now)
    actions.receive(looked, by=sara, now=now)
    actions.inspect(looked, by=sara, found={looked.items.get().pk: actions.Found(accepted=1)}, now=now)
    statement = Statement.objects.create(
        store=luna, key="k", name="G. Moretti", email="giulia@altrove.example", order_number="BL-9", words="I withdraw",
        language="it", stated_at=now,
    )  # fmt: skip
    return Luna(
        luna, order, asked, coming, here, looked, Photo.objects.get(), coming.parcels.get(), policy, statement
    )


RULE = {
    "name": "Piatti",
    "rank": "10",
    "countries": "it, fr",
    "tags": "Piatti",
    "products": "",
    "price_from": "",
    "price_below": "50,00",
    "days": "20",
    "resolutions": ["refund"],
    "ways": ["own"],
    "fee": "4,50",
    "credit_bonus_percent": "0",
    "keep_below": "",
    "decide_days": "1",
    "send_days": "14",
    "refund_days": "5",
    "words_en": "",
    "words_it": "",
}


OWN = {"words": "Allergy", "words_it": "Allergia"}


def _of(name):
    return lambda world: {"pk": getattr(world, name).pk}


CUSTOMERS = [
    *("start", "why", "what", "how", "follow", "sent", "cancel", "label", "withdraw", "withdrawn", "receipt"),
    *("withdraw-guest", "withdrawn-guest", "receipt-guest"),
]


class TestReturnsPages(StaffPages):
    urls = urls
    addresses = {
        **{name: Asked(is_public=True) for name in CUSTOMERS},
        "desk": Asked(found=("BL-10240-R1", "Giulia Moretti")),
        "told": Asked(found=("Tazza Alba",)),
        "policies": Asked(
            is_for_owners=True, found=("Luna rule",), posts=lambda world: {"address": "via Due 2"}
        ),
        "policy-add": Asked(is_for_owners=True, posts=lambda world: RULE),
        "policy": Asked(_of("policy"), is_for_owners=True, is_of_one=True, posts=lambda world: RULE),
        "policy-remove": Asked(_of("policy"), gets=False, is_for_owners=True, is_of_one=True, posts=lambda world: {}),
        "reason-add": Asked(gets=False, is_for_owners=True, posts=lambda world: OWN),
        "reason-drop": Asked(gets=False, is_for_owners=True, posts=lambda world: {"key": "own_allergy"}),
        "photo": Asked(_of("photo"), is_of_one=True),
        "deal-with": Asked(_of("statement"), gets=False, is_of_one=True, posts=lambda world: {}),
        "one": Asked(_of("asked"), is_of_one=True, found=("Tazza Alba", "The parcel was fine")),
        "approve": Asked(_of("asked"), gets=False, is_of_one=True, posts=lambda world: {}),
        "refuse": Asked(_of("asked"), gets=False, is_of_one=True, posts=lambda world: {"words": "No"}),
        "send-label": Asked(_of("coming"), gets=False, is_of_one=True, posts=lambda world: {"code": "AB"}),
        "label-file": Asked(
            lambda world: {"pk": world.coming.pk, "parcel": world.parcel.pk}, is_of_one=True
        ),
        "receive": Asked(_of("coming"), gets=False, is_of_one=True, posts=lambda world: {}),
        "inspect": Asked(_of("here"), gets=False, is_of_one=True, posts=lambda world: {}),
        "settle": Asked(_of("looked"), gets=False, is_of_one=True, posts=lambda world: {"how": "refund"}),
        "cancel-by-team": Asked(_of("coming"), gets=False, is_of_one=True, posts=lambda world: {}),
    }  # fmt: skip

    # A photo and a label are files, not pages: their headers are looked at here instead.
    def staff(self):
        return ((name, asked) for name, asked in super().staff() if name not in {"photo", "label-file"})


def post(client, name, row, **given):
    return client.post(reverse(f"returns:{name}", args=[row.pk]), given)


def test_files_of_customers_are_only_the_teams(client, world, stranger, sara):
    photo = reverse("returns:photo", args=[world.photo.pk])
    label = reverse("returns:label-file", args=[world.coming.pk, world.parcel.pk])
    assert client.get(photo).status_code == 302
    client.force_login(stranger)
    assert client.get(photo).status_code == client.get(label).status_code == 404

    client.force_login(sara)
    assert client.get(photo).headers["Content-Type"] == "image/jpeg"
    assert client.get(label).headers["Content-Disposition"] == "attachment"


def test_every_return_stands_in_its_queue(world):
    found = {name: list(rows) for name, rows in desk.queues(world.store).items()}

    assert (found["decide"], found["come"], found["inspect"], found["settle"]) == (
        [world.asked], [world.coming], [world.here], [world.looked],
    )  # fmt: skip
    assert menu.counts([desk.waiting(world.store, timezone.now())]) == [2]


def test_one_tap_approves_and_brings_the_next(client, world, sara, luna):
    other = some.filed(world.order, {CUP: 1}, reason="wrong", now=timezone.now())
    client.force_login(sara)

    answer = post(client, "approve", world.asked)

    assert answer.headers["location"] == reverse("returns:one", args=[other.pk])
    world.asked.refresh_from_db()
    assert world.asked.state is State.APPROVED
    assert post(client, "approve", world.asked).status_code == 400


def test_fewer_may_be_approved(client, world, sara):
    client.force_login(sara)

    post(client, "approve", world.asked, **{f"approve-{world.asked.items.get().pk}": "1"})

    world.asked.refresh_from_db()
    assert world.asked.amount == Decimal("19.50")


def test_a_no_without_a_word_is_not_taken(client, world, sara):
    client.force_login(sara)

    assert post(client, "refuse", world.asked, words=" ").status_code == 400
    post(client, "refuse", world.asked, words="It was fine.")

    world.asked.refresh_from_db()
    assert world.asked.refusal == "It was fine."


@pytest.mark.parametrize("content", [b"<svg><script/></svg>", b"MZ\x90\x00", b"%PDF-" + b"a" * 3_200_000])
def test_a_label_that_is_none_is_refused(client, world, sara, content):
    client.force_login(sara)

    answer = post(client, "send-label", world.coming, label=SimpleUploadedFile("l.pdf", content))

    assert answer.status_code == 400
    assert world.coming.parcels.count() == 1


def test_inspecting_counts_the_money_again(client, world, sara):
    client.force_login(sara)
    item = world.here.items.get()
    given = {f"grade-{item.pk}": "damaged", f"accepted-{item.pk}": "0"}

    assert post(client, "inspect", world.here, **given).status_code == 400
    post(client, "inspect", world.here, **given, words="Broken in two.")

    world.here.refresh_from_db()
    assert (world.here.state, world.here.amount) == (State.CLOSED, 0)


def test_it_is_given_back(client, world, sara):
    client.force_login(sara)

    post(client, "settle", world.looked, how="refund")

    world.looked.refresh_from_db()
    assert world.looked.state is State.CLOSED


def test_a_rule_is_typed_as_people_type(client, world, chiara):
    client.force_login(chiara)

    answer = client.post(reverse("returns:policy-add"), RULE)

    assert answer.status_code == 302
    made = Policy.objects.get(name="Piatti")
    assert (made.countries, made.tags, made.price_below, made.fee) == (
        ["IT", "FR"],
        ["piatti"],
        50,
        Decimal("4.50"),
    )


def test_a_rule_that_cannot_be_is_refused(client, world, chiara):
    client.force_login(chiara)

    for wrong in (
        {"resolutions": []},
        {"days": "-1"},
        {"fee": "-5"},
        {"price_from": "90"},
        {"refund_days": "30"},
    ):
        assert client.post(reverse("returns:policy-add"), RULE | wrong).status_code == 400
    assert Policy.objects.count() == 1


def test_the_preview_says_what_it_would_mean(client, world, chiara):
    client.force_login(chiara)

    shown = client.get(reverse("returns:policies"), {"order": "bl-10240"}).content.decode()
    assert "For BL-10240 it would mean" in shown
    assert "Luna rule" in shown
    assert "We know no order" in client.get(reverse("returns:policies"), {"order": "X"}).content.decode()


def test_own_reasons_come_and_go(client, world, chiara):
    client.force_login(chiara)
    client.post(
        reverse("returns:reason-add"),
        {"words": "I am allergic", "words_it": "Sono allergico", "needs_photo": "on"},
    )
    reasons = Settings.objects.of(world.store).reasons()
    assert [reason.words for reason in reasons if reason.key == "own_i_am_allergic"] == ["I am allergic"]

    client.post(reverse("returns:reason-drop"), {"key": "own_i_am_allergic"})
    assert Settings.objects.get(store=world.store).own_reasons[0]["is_off"]


def test_not_all_reasons_can_be_switched_off(client, world, chiara):
    client.force_login(chiara)
    everything = ["broken", "wrong", "not_as_shown", "too_late", "changed_mind", "gift"]

    assert client.post(reverse("returns:policies"), {"reasons_off": everything}).status_code == 400


def test_a_withdrawal_that_fits_no_order_is_looked_after(client, world, sara):
    client.force_login(sara)
    assert "giulia@altrove.example" in client.get(reverse("returns:desk")).content.decode()

    post(client, "deal-with", world.statement)

    world.statement.refresh_from_db()
    assert world.statement.dealt_with_by == sara


def test_orders_and_customers_show_their_returns(client, world, sara, giulia):
    client.force_login(sara)

    for url in (reverse("office:order", args=[world.order.pk]), reverse("office:customer", args=[giulia.pk])):
        assert "BL-10240-R1" in client.get(url).content.decode()


def test_whatever_is_searched_for_has_an_answer(client, world, chiara):
    client.force_login(chiara)

    for q in ("giulia", "BL-10240-R1", "\x00", "%", "x" * 500):
        assert client.get(reverse("returns:desk"), {"q": q}).status_code == 200
        assert client.get(reverse("returns:policies"), {"order": q}).status_code == 200
    assert "BL-10240-R1" in client.get(reverse("returns:desk"), {"q": "giulia moretti"}).content.decode()


def test_how_fast_we_are(world, sara):
    assert desk.pace(world.store, now=timezone.now() + DAY)["count"] == 4
    told = {product.title: product for product in desk.by_product(world.store, now=timezone.now())}
    assert told["Piatto Luna"].sold_back == 2
    assert told["Tazza Alba"].photos == [world.photo.pk]
