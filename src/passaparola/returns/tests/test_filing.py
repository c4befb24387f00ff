"""Filing, deciding, receiving, settling: every step once, in order, with the right money."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.cast import NOON

from passaparola.cases import evidence
from passaparola.cases.models import Case
from passaparola.kernel.events import emit
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.orders.events import OrderRefunded
from passaparola.orders.models import Line, Order, Refund
from passaparola.promises.models import Promise
from passaparola.returns import actions, desk
from passaparola.returns.actions import CannotError, Found
from passaparola.returns.models import Draft, Item, Photo, Policy, Return, Settings
from passaparola.returns.rules.states import State
from passaparola.returns.standing import standing_of
from passaparola.returns.story import Story
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel

from . import some
from .some import CUP, DAY, PLATE, VASE

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_what_is_clear_is_approved_at_once(bought):
    filed = some.filed(bought)

    assert filed.state is State.APPROVED
    assert (filed.number, filed.amount, filed.worth) == ("BL-10240-R1", Decimal("19.50"), Decimal("19.50"))
    assert kinds() == ["return_approved"]
    assert [(step.state, step.who) for step in filed.steps.all()] == [
        ("requested", "customer"),
        ("approved", "clock"),
    ]
    assert not Draft.objects.exists()


def test_what_needs_a_photo_waits_for_a_person(bought, sara):
    filed = some.filed(bought, reason="broken.on_the_way", resolution="replacement")

    assert filed.state is State.REQUESTED
    assert kinds() == ["return_requested"]
    assert Photo.objects.get().filed == filed
    actions.approve(filed, by=sara, now=NOON + timedelta(hours=1))
    filed.refresh_from_db()
    assert filed.steps.last().by == sara
    assert filed.amount == 0


def test_what_was_photographed_stands_in_the_evidence_for_the_carrier(bought):
    parcel = bought.parcels.first() or Parcel.objects.create(
        store=bought.store, order=bought, name="A1", announced_at=NOON
    )
    some.filed(bought, {CUP: 1, PLATE: 1}, reason="broken.on_the_way", resolution="replacement")
    case = Case.objects.get(order=bought)

    paper = evidence.pack(case, parcel, now=NOON)

    assert Photo.objects.count() == 2
    assert paper.count(b"/Subtype /Image") == 1  # the same picture twice is kept once


def test_tapped_twice_it_is_one_return(bought):
    begun = some.draft(bought)

    one = actions.file(begun, language="en", now=NOON)
    begun.pk = one.pk  # the row is gone; a second tap still holds the draft it read
    other = actions.file(begun, language="en", now=NOON)

    assert one == other
    assert Return.objects.count() == 1


def test_a_return_after_its_window_is_refused(bought):
    begun = some.draft(bought)

    with pytest.raises(CannotError, match="can’t go back"):
        actions.file(begun, language="en", now=NOON + 40 * DAY)


def test_more_than_is_left_is_refused(bought):
    some.filed(bought, {CUP: 3})

    with pytest.raises(CannotError, match="up to 1"):
        some.draft(bought, {CUP: 2})


def test_other_orders_lines_are_refused(bought, luna):
    other = some.order(luna, None, number="BL-2")

    with pytest.raises(CannotError, match="not part of this order"):
        actions.begin(bought, pieces={some.line(other, CUP).pk: 1}, now=NOON)


@pytest.mark.parametrize("quantity", [0, -1, 5, 10**9])
def test_forged_quantities_are_refused(bought, quantity):
    with pytest.raises(CannotError):
        actions.begin(bought, pieces={some.line(bought, CUP).pk: quantity}, now=NOON)


def test_all_pieces_give_all_that_was_paid_for_them(luna, giulia):
    bought = some.order(luna, giulia, number="BL-7", total=Decimal("200.01"), subtotal=Decimal("193.51"))
    amounts = [some.filed(bought, {n: 1}).amount for n in (PLATE, CUP, CUP, VASE, CUP, CUP, PLATE)]

    assert sum(amounts) == Decimal("193.51")
    assert not standing_of(bought, now=NOON).may_return


def test_what_the_shop_refunded_is_not_refunded_again(bought):
    Refund.objects.create(order=bought, external_id="r", made_at=NOON, amount=Decimal(220))

    assert some.filed(bought, {VASE: 1}).amount == Decimal("6.50")


def test_the_database_refuses_to_give_back_more_than_was_paid(bought):
    filed = some.filed(bought)

    with pytest.raises(IntegrityError, match="exceed what was paid"), transaction.atomic():
        Return.objects.filter(pk=filed.pk).update(amount=Decimal("226.51"), worth=Decimal("226.51"))
    filed.pk, filed.number, filed.key = None, "x", "x"
    filed.amount = filed.worth = Decimal(208)
    with pytest.raises(IntegrityError, match="exceed what was paid"), transaction.atomic():
        filed.save()


def test_the_database_refuses_pieces_that_were_never_bought(bought, luna):
    filed = some.filed(bought)
    foreign = some.line(some.order(luna, None, number="BL-2"), CUP)

    with pytest.raises(IntegrityError, match="than were bought"), transaction.atomic():
        Item.objects.filter(filed=filed).update(quantity=5)
    with pytest.raises(IntegrityError, match="of another order"), transaction.atomic():
        Item.objects.create(filed=filed, line=foreign, quantity=1)


def test_shopify_shortens_refunded_lines_and_nothing_is_lost_by_it(bought):
    """After a refund of one cup Shopify says three cups for 58.50; three can still go back, for 58.50."""
    Line.objects.filter(pk=some.line(bought, CUP).pk).update(quantity=3, total=Decimal("58.50"))
    Refund.objects.create(
        order=bought,
        external_id="r",
        made_at=NOON,
        amount=Decimal("19.50"),
        parts=[{"line": "line-1", "quantity": 1, "amount": "19.50"}],
    )

    filed = some.filed(bought, {CUP: 3})

    assert filed.amount == Decimal("58.50")


def test_a_fee_is_told_before_and_taken_off(bought, luna):
    Policy.objects.create(
        store=luna, name="usual", resolutions=["refund", "credit"], ways=["label"], fee=Decimal(5)
    )

    filed = some.filed(bought, way="label")

    assert (filed.fee, filed.amount) == (5, Decimal("14.50"))


def test_credit_has_a_bonus_and_no_fee(bought, luna):
    Policy.objects.create(
        store=luna,
        name="usual",
        resolutions=["refund", "credit"],
        ways=["own"],
        fee=5,
        credit_bonus_percent=10,
    )

    filed = some.filed(bought, resolution="credit")

    assert (filed.amount, filed.bonus, filed.fee) == (Decimal("19.50"), Decimal("1.95"), 0)


def test_what_is_worth_little_and_broken_may_stay(bought, luna, sara):
    Policy.objects.create(
        store=luna, name="usual", resolutions=["refund"], ways=["label"], keep_below=Decimal(25)
    )
    filed = some.filed(bought, reason="broken.inside", way="label")

    actions.approve(filed, by=sara, now=NOON)

    filed.refresh_from_db()
    assert filed.is_kept
    assert filed.send_by is None
    assert filed in Return.objects.to_settle()


def test_a_whole_return_from_the_label_to_the_money(bought, sara):
    filed = some.filed(bought, {CUP: 2}, way="label")
    at = NOON + DAY
    actions.send_label(filed, by=sara, label=b"%PDF-1.4 label", now=at)
    actions.post(filed, numbers=[" 0815 44210 "], carrier="BRT", now=at + DAY)
    actions.receive(filed, by=sara, now=at + 3 * DAY)
    item = filed.items.get()
    actions.inspect(filed, by=sara, found={item.pk: Found(accepted=2)}, now=at + 3 * DAY)
    actions.refund(filed, by=sara, now=at + 4 * DAY)

    filed.refresh_from_db()
    assert filed.state is State.CLOSED
    assert filed.amount == 39
    assert filed.parcels.get(number="081544210").tracker.key == "081544210"
    assert kinds() == ["return_approved", "return_label", "return_received", "return_refunded"]
    assert set(EventRecord.objects.filter(subject_id=filed.pk).values_list("kind", flat=True)) >= {
        "ReturnRequested", "ReturnApproved", "ReturnLabelSent", "ReturnPosted", "ReturnReceived", "ReturnInspected",
        "ReturnRefunded", "ReturnClosed",
    }  # fmt: skip


def test_part_of_it_may_be_approved_and_part_of_that_accepted(bought, sara):
    filed = some.filed(bought, {CUP: 3, PLATE: 1}, reason="not_as_shown.quality")
    cups, plates = filed.items.order_by("-quantity")
    actions.approve(filed, by=sara, pieces={cups.pk: 2}, now=NOON)
    filed.refresh_from_db()
    assert filed.amount == 39

    actions.receive(filed, by=sara, now=NOON + DAY)
    with pytest.raises(CannotError, match="write why"):
        actions.inspect(
            filed, by=sara, found={cups.pk: Found(accepted=1), plates.pk: Found(accepted=0)}, now=NOON
        )
    found = {cups.pk: Found(accepted=1, grade="used"), plates.pk: Found(accepted=0)}
    actions.inspect(filed, by=sara, found=found, now=NOON, words="One cup was used.")

    filed.refresh_from_db()
    assert filed.amount == Decimal("19.50")
    assert "return_inspected" in kinds()


def test_with_nothing_accepted_it_ends_without_money(bought, sara):
    filed = some.filed(bought)
    actions.receive(filed, by=sara, now=NOON)
    actions.inspect(
        filed,
        by=sara,
        found={filed.items.get().pk: Found(accepted=0, grade="missing")},
        now=NOON,
        words="Empty.",
    )

    filed.refresh_from_db()
    assert (filed.state, filed.amount) == (State.CLOSED, 0)


def test_a_refusal_needs_a_reason_and_ends_it(bought, sara):
    filed = some.filed(bought, reason="broken.inside", resolution="refund")
    with pytest.raises(CannotError):
        actions.refuse(filed, by=sara, words="  ", now=NOON)

    actions.refuse(filed, by=sara, words="It was fine on the photo.", now=NOON)

    with pytest.raises(CannotError):
        actions.approve(filed, by=sara, now=NOON)
    assert some.filed(bought, {CUP: 4}).amount == 78  # the pieces are free again


def test_a_customer_may_think_again_until_it_is_sent(bought):
    filed = some.filed(bought)
    actions.cancel(filed, now=NOON)
    assert Return.objects.get().state is State.CANCELLED

    other = some.filed(bought)
    actions.post(other, numbers=[], now=NOON)
    with pytest.raises(CannotError):
        actions.cancel(other, now=NOON)


def test_what_came_in_exchange_may_go_back_too(bought, sara):
    filed = some.filed(bought, {VASE: 1}, resolution="variant", wants="salvia")
    assert not standing_of(bought, now=NOON).by_id[some.line(bought, VASE).pk].verdict.may
    actions.receive(filed, by=sara, now=NOON + DAY)
    actions.exchange(filed, by=sara, now=NOON + 20 * DAY, words="BL-10999")

    again = some.filed(bought, {VASE: 1}, now=NOON + 45 * DAY)

    assert again.replaces == filed
    assert again.amount == 96


def tell_refund(order, amount, parts=(), external_id="r1"):
    told = Refund.objects.create(
        order=order, external_id=external_id, made_at=NOON + DAY, amount=Decimal(amount), parts=list(parts)
    )
    event = OrderRefunded(
        store_id=order.store_id,
        happened_at=told.made_at,
        key=f"refund:{external_id}",
        order_id=order.pk,
        subject_id=told.pk,
        amount=str(told.amount),
    )
    emit([event], now=NOON + DAY)
    return told


def test_the_shops_own_refund_settles_the_return_it_answers(bought):
    filed = some.filed(bought)
    other = some.filed(bought, {PLATE: 1})

    told = tell_refund(bought, "19.50", [{"line": "line-1", "quantity": 1, "amount": "19.50"}])

    filed.refresh_from_db()
    other.refresh_from_db()
    assert (filed.refund, filed.state, other.refund) == (told, State.CLOSED, None)
    assert filed.steps.filter(state="refunded").get().who == "shop"
    assert "return_refunded" not in kinds()


def test_noted_by_hand_first_the_shops_word_is_counted_once(bought, sara):
    filed = some.filed(bought)
    actions.refund(filed, by=sara, now=NOON)

    tell_refund(bought, "19.50")

    filed.refresh_from_db()
    assert filed.refund is not None
    assert standing_of(bought, now=NOON).paid.left == Decimal("207.00")


def test_a_kindness_of_the_shops_settles_nothing(bought):
    filed = some.filed(bought)

    tell_refund(bought, "5.00")

    filed.refresh_from_db()
    assert filed.state is State.APPROVED


def test_nothing_sent_in_time_ends_it_after_a_reminder(bought):
    filed = some.filed(bought)

    actions.check_due(now=NOON + 12 * DAY)
    assert "return_expiring" in kinds()
    actions.check_due(now=NOON + 13 * DAY)
    actions.check_due(now=NOON + 16 * DAY)

    filed.refresh_from_db()
    assert filed.state is State.EXPIRED
    assert kinds().count("return_expiring") == 1


def test_a_carriers_scans_bring_it_on(bought):
    filed = some.filed(bought)
    actions.post(filed, numbers=["081544210"], carrier="BRT", now=NOON)
    tracker = filed.parcels.get().tracker
    tracker.scans.create(key="old", state="delivered", at=NOON - 9 * DAY)
    tracker.scans.create(key="a", state="in_transit", at=NOON + DAY)

    actions.check_due(now=NOON + 2 * DAY)

    filed.refresh_from_db()
    assert filed.state is State.TRAVELLING
    assert filed.parcels.get().arrived_at is None


def test_a_labelled_parcel_that_is_scanned_is_sent_even_if_nobody_said_so(bought, luna):
    Policy.objects.create(store=luna, name="usual", resolutions=["refund"], ways=["label"])
    filed = some.filed(bought, way="label")
    actions.send_label(filed, by=None, code="QX", carrier="BRT", number="081544210", now=NOON)
    filed.parcels.get().tracker.scans.create(key="a", state="picked_up", at=NOON + 13 * DAY)

    actions.check_due(now=NOON + 13 * DAY)
    actions.check_due(now=NOON + 16 * DAY)

    filed.refresh_from_db()
    assert (filed.state, filed.travelling_at) == (State.TRAVELLING, NOON + 13 * DAY)
    assert "return_expiring" not in kinds()


def test_its_mails_lead_where_customers_of_the_shop_find_their_pages(client, bought, luna):
    """At the shop's own name, and by links that still open after earlier ones were taken back."""
    Store.objects.filter(pk=luna.pk).update(host="resi.luna.example")
    Order.objects.filter(pk=bought.pk).update(link_epoch=3)

    some.filed(Order.objects.get(pk=bought.pk), now=timezone.now())

    address = urlsplit(Message.objects.get().data["url"])
    assert address.netloc == "resi.luna.example"
    assert client.get(address.path, headers={"host": "resi.luna.example"}).status_code == 200


def test_what_is_needed_to_send_it_is_promised_and_waits_in_a_list_of_its_own(bought, luna, sara):
    Policy.objects.create(store=luna, name="usual", resolutions=["refund"], ways=["pick_up"])
    filed = some.filed(bought, way="pick_up")
    promise = Promise.objects.get(key=f"return_way:{filed.pk}")
    assert [*desk.queues(luna)["prepare"]] == [filed]
    assert not desk.queues(luna)["come"].exists()
    assert promise.words["en"] == "You have what you need to send your return by Thursday 19 November."

    actions.send_label(filed, by=sara, code="Friday, 9 to 13", now=NOON)

    promise.refresh_from_db()
    assert promise.kept_at == NOON
    assert [*desk.queues(luna)["come"]] == [filed]
    filed.refresh_from_db()
    story = Story(filed, now=NOON)
    assert (story.sending.collection, story.sending.codes, story.sending.may_add_parcel) == (
        "Friday, 9 to 13",
        [],
        True,
    )
    assert story.lead.startswith("Friday, 9 to 13.")


def test_the_new_thing_is_followed_to_the_customer(bought, sara):
    filed = some.filed(bought, resolution="replacement")
    actions.post(filed, numbers=["0480771"], carrier="BRT", now=NOON)
    actions.receive(filed, by=sara, now=NOON)
    actions.inspect(filed, by=sara, found={filed.items.get().pk: Found(accepted=1)}, now=NOON)
    actions.exchange(filed, by=sara, carrier="BRT", number="081544999", words="Buona tazza!", now=NOON)
    told = Message.objects.get(kind="return_refunded").data
    assert (told["sent_with"], told["sent_number"], told["words"]) == ("BRT", "081544999", "Buona tazza!")
    assert not Story(filed, now=NOON).sending.has_arrived

    sent = filed.parcels.get(is_to_customer=True)
    sent.tracker.scans.create(key="a", state="delivered", at=NOON + DAY)
    actions.check_due(now=NOON + DAY)

    filed.refresh_from_db()
    assert filed.state is State.CLOSED
    assert filed.parcels.get(is_to_customer=False).arrived_at == NOON, (
        "it came, whatever the carrier says of it"
    )
    assert Story(filed, now=NOON + DAY).sending.has_arrived


def test_drafts_nobody_comes_back_to_are_forgotten(bought):
    begun = some.draft(bought, reason="broken.inside")

    actions.check_due(now=NOON + 3 * DAY)

    assert not Draft.objects.filter(pk=begun.pk).exists()
    assert not Photo.objects.exists()


def test_a_reason_the_shop_switched_off_cannot_be_given(bought, luna):
    Settings.objects.create(store=luna, reasons_off=["changed_mind"])

    with pytest.raises(CannotError, match="Tell us why"):
        some.draft(bought)


def test_a_column_that_a_newer_version_added_disturbs_nobody(bought):
    """The tables are changed before a new version starts: those that still run are of the old one."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE returns_settings ADD COLUMN of_tomorrow boolean DEFAULT false")
        cursor.execute("ALTER TABLE returns_policy ADD COLUMN of_tomorrow boolean DEFAULT false")
    Settings.objects.get_or_create(store=bought.store)

    assert standing_of(bought, now=NOON).may_return
