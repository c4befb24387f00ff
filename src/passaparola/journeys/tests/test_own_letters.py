"""Steps say the shop's own letters as they say ours, and never another shop's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.journeys import actions, queries
from passaparola.journeys.dry_run import dry_run
from passaparola.journeys.models import Enrolment, Journey
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.stepform import shown
from passaparola.journeys.tests.conftest import REST, THANKS
from passaparola.messages.actions import templates
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.timemachine.change import Change, JourneyChange
from passaparola.timemachine.travel import travel

pytestmark = pytest.mark.django_db

TEXTS = {"it": {"subject": "Dal forno", "blocks": [{"type": "paragraph", "text": "Ciao dal forno"}]}}


def letter_of(store, by, *, kind="card", name="Dal forno"):
    letter = templates.write(store, name=name, kind=kind, by=by, now=NOON)
    templates.publish(templates.save_draft(letter, texts=TEXTS, by=by, now=NOON), now=NOON)
    return letter


def saying(letter):
    return THANKS | {
        "steps": [REST, {"id": "say", "kind": "send_message", "message": f"{letter.kind}#{letter.pk}"}]
    }


def test_the_shops_own_letter_goes_out_with_its_own_words(shop, luna, chiara, anna):
    letter = letter_of(luna, chiara)
    shop.journey(saying(letter))
    shop.deliver(shop.order(anna))
    shop.walk(hours=72)

    message = Message.objects.get(asked_by__startswith="journey:")
    written = Letters.of([(message, KINDS["card"])], {luna.pk: luna}, shop.now).letter(message, KINDS["card"])

    assert (message.kind, message.template_id) == ("card", letter.pk)
    assert "Ciao dal forno" in written.template.render(written.data).text


def test_a_letter_of_another_shop_is_refused_where_it_stands(luna, stranger):
    theirs = letter_of(stranger.stores.get(), stranger)

    with pytest.raises(DocumentError, match="There is no message") as caught:
        actions.save(luna, key="thanks", document=saying(theirs), by=None, now=NOON)

    assert caught.value.where == ("steps", 1, "message")
    assert not Journey.objects.exists()


def test_a_letter_without_a_published_version_is_refused(luna, chiara):
    draft = templates.write(luna, name="Bozza", kind="card", by=chiara, now=NOON)

    with pytest.raises(DocumentError):
        actions.save(luna, key="thanks", document=saying(draft), by=None, now=NOON)


def test_a_letter_put_away_is_still_sent_to_whoever_was_promised_it(shop, luna, chiara, anna):
    letter = letter_of(luna, chiara)
    journey = shop.journey(saying(letter))
    templates.archive(letter, now=NOON)
    shop.deliver(shop.order(anna))
    shop.walk(hours=72)

    assert shop.said() == ["card"]
    definition = journey.live.definition
    (field, *_) = shown("send_message", {"message": f"card#{letter.pk}"}, store=luna, definition=definition)
    assert dict(field.options)[f"card#{letter.pk}"] == "Dal forno"
    assert definition.steps["say"].settings["message"] == f"card#{letter.pk}"


def test_the_form_offers_it_by_name_and_the_picture_shows_it(shop, luna, chiara, anna, stranger):
    letter = letter_of(luna, chiara)
    theirs = letter_of(stranger.stores.get(), stranger, name="Altrui")
    shop.now -= timedelta(days=5)
    journey = shop.journey(saying(letter))
    shop.deliver(shop.order(anna))
    shop.walk(hours=72)
    client = Client()
    client.force_login(chiara)

    form = client.get(f"/office/journeys/{journey.pk}/steps/say/").content.decode()
    picture = client.get(f"/office/journeys/{journey.pk}/").content.decode()
    tried = client.get(f"/office/journeys/{journey.pk}/try/").content.decode()

    assert f'<option value="card#{letter.pk}" selected>Dal forno</option>' in form
    assert f"card#{theirs.pk}" not in form
    assert "Dal forno" in picture
    assert "card#" not in tried
    assert re.search(r"Messages asked for\s+1\b", re.sub(r"<[^>]+>", " ", tried))
    (path,) = queries.paths(Enrolment.objects.select_related("version"))
    assert any("Dal forno" in passage.step for passage in path.passages)


def test_the_past_can_be_tried_and_travelled_with_it(shop, luna, chiara, anna):
    Customer.objects.filter(pk=anna.pk).update(accepts_marketing=True, consent_at=NOON - timedelta(days=90))
    letter = letter_of(luna, chiara)
    journey = shop.journey(saying(letter))
    shop.deliver(shop.order(anna))
    shop.walk(hours=72)
    Message.objects.update(sent_at=shop.now)
    definition = journey.live.definition

    run = dry_run(luna, definition, journey_id=journey.pk, since=NOON - timedelta(days=1), until=shop.now)
    change = Change(journey=JourneyChange(journey_id=journey.pk, definition=definition))
    trip = travel(luna, change, days=30, now=shop.now + timedelta(hours=1))

    assert dict(run.messages) == {f"card#{letter.pk}": 1}
    assert (trip.really.by_kind["card"], trip.would.by_kind["card"]) == (1, 1)
