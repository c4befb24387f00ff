"""The team's pages of the outbox, of silenced addresses and of the policy."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.pages import Asked, StaffPages

from passaparola.customers.models import Customer
from passaparola.messages import actions, urls
from passaparola.messages.actions import Wanted
from passaparola.messages.forms.policy import filled
from passaparola.messages.models import Consent, Message, SpeakingPolicy, Suppression
from passaparola.messages.rules.policy import Policy

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CALM = {"quiet_from": "00:00", "quiet_until": "00:00"}
"""No quiet hours: tests run at any time of day."""


def typed(**changes):
    given = {name: str(value) for name, value in filled(Policy()).items()}
    return {
        name: value for name, value in (given | CALM | {"do": "keep"} | changes).items() if value is not None
    }


@pytest.fixture
def world(luna, giulia):
    """Two pieces of news of the last weeks, one that waits, and an address that came back."""
    now = timezone.now()
    luna.quiet_from = luna.quiet_until = time(0)
    luna.save()
    giulia.accepts_marketing, giulia.consent_at = True, now - 50 * DAY
    giulia.save()
    for number, days in enumerate((30, 28, 26, 1, 0)):
        at = now - days * DAY
        actions.ask([wanted(giulia, number, kind="newsletter")], now=at)
        if days:
            Message.objects.filter(key=str(number)).update(
                sent_at=at, asked_at=at, reason="", deferred_at=None
            )
    return Suppression.objects.create(
        store=luna, address="luna@posta.example", reason="hard_bounce", words="550 5.1.1 no such user"
    )


def wanted(person, number, **changes):
    given = {
        "key": str(number),
        "kind": "newsletter",
        "asked_by": f"campaign:{number}",
        "expires_at": timezone.now() + 60 * DAY,
    }
    return Wanted(store_id=person.store_id, customer_id=person.pk, **(given | changes))


class TestMessagesPages(StaffPages):
    urls = urls
    addresses = {
        "preferences": Asked(lambda world: {"token": "x"}, is_public=True),
        "sign-up": Asked(lambda world: {"slug": "bottega-luna"}, is_public=True),
        "confirm": Asked(lambda world: {"token": "x"}, is_public=True),
        "outbox-resume": Asked(gets=False, posts=lambda world: {}, is_for_owners=True),
        "told": Asked(
            lambda world: {"customer_id": Customer.objects.get(store=world.store).pk},
            posts=lambda world: {"answer": "no", "news": "on", "channel": "email", "words": "on the phone"},
            is_of_one=True,
            found=("Giulia Moretti", "on the phone"),
        ),
        "policy": Asked(is_for_owners=True, posts=lambda world: typed(), found=("days of calm", "in days")),
        "outbox": Asked(found=("Giulia Moretti", "It waits its turn: news, at most 1 in 7 days.")),
        "outbox-suppressed": Asked(found=("luna@posta.example", "550 5.1.1")),
        "outbox-suppressed-import": Asked(
            gets=False,
            posts=lambda world: {
                "list_": SimpleUploadedFile("list.csv", b"email\nugo@posta.example\n"),
                "reason": "unsubscribed",
            },
        ),
        "outbox-suppressed-export": Asked(found=("luna@posta.example,email,hard_bounce",)),
        "outbox-suppressed-lift": Asked(
            lambda world: {"pk": world.pk},
            posts=lambda world: {"because": "she called"},
            is_of_one=True,
            found=("luna@posta.example",),
        ),
    }

    def test_pages_speak_both_languages(self, client, world, chiara):
        """As everywhere; the exported list is no page."""
        client.force_login(chiara)
        for language in ("en", "it"):
            client.cookies["django_language"] = language
            for name in ("policy", "outbox", "outbox-suppressed", "outbox-suppressed-lift", "told"):
                page = client.get(self.address(name, world)).content.decode()
                assert f'<html lang="{language}"' in page


def test_what_a_customer_says_on_the_phone_holds_at_once_and_is_kept_with_its_words(
    client, world, sara, giulia
):
    client.force_login(sara)
    page = f"/office/customers/{giulia.pk}/told/"
    said = {
        "answer": "no",
        "offer": "on",
        "news": "on",
        "channel": "email",
        "words": "by phone: no more, please",
    }

    refused = client.post(page, {"answer": "no", "channel": "email", "words": "x"})
    client.post(page, said)

    assert refused.status_code == 400
    kept = Consent.objects.order_by("purpose").values_list("purpose", "is_given", "wording", "source")
    assert list(kept) == [
        (one, False, "by phone: no more, please", f"team: {sara}") for one in ("news", "offer")
    ]
    assert (
        Message.objects.waiting().filter(due_at__gt=timezone.now()).count() == 0
    )  # asked again, and then dropped

    Suppression.objects.create(store=giulia.store, address=giulia.email, reason="unsubscribed")
    client.post(page, said | {"answer": "yes"})
    assert not Suppression.objects.filter(address=giulia.email, lifted_at=None).exists()


def test_a_policy_is_seen_at_work_before_it_is_kept(client, world, chiara, luna):
    client.force_login(chiara)

    looked = client.post("/office/policy/", typed(do="look", cap_news_most="", cap_news_days=""))
    nothing_kept = not SpeakingPolicy.objects.exists()
    client.post("/office/policy/", typed(cap_news_most="", cap_news_days="", quiet_from="20:00"))

    found = looked.context["effect"]
    assert nothing_kept
    assert (found.before.at_once, found.before.later, found.before.waiting) == (2, 2, 1)
    assert (found.after.at_once, found.after.later, found.after.waiting) == (5, 0, 0)
    assert (found.before.busiest_count, found.after.busiest_count) == (1, 3)
    kept = SpeakingPolicy.objects.get(store=luna)
    assert (kept.caps["news"], kept.caps["ask"], kept.changed_by) == (None, [1, 14], chiara)
    luna.refresh_from_db()
    assert luna.quiet_from.hour == 20
    assert not Message.objects.waiting().filter(due_at__gt=timezone.now()).exists()  # asked again at once


def test_quiet_hours_that_end_when_they_begin_are_called_none(client, world, chiara, luna):
    client.force_login(chiara)

    assert ">No quiet hours<" in client.get("/office/policy/").content.decode()
    typed_in = client.post("/office/policy/", typed(do="look", quiet_from="21:00", quiet_until="08:00"))
    assert ">No quiet hours<" not in typed_in.content.decode()
    assert ">No quiet hours<" in client.post("/office/policy/", typed(do="look", **CALM)).content.decode()


def test_half_a_cap_is_a_mistake_and_keeps_nothing(client, world, chiara):
    client.force_login(chiara)

    answer = client.post("/office/policy/", typed(cap_news_days=""))

    assert answer.status_code == 400
    assert "Give both numbers" in answer.content.decode()
    assert not SpeakingPolicy.objects.exists()


def test_what_was_switched_off_is_off_for_the_rules(client, world, chiara, luna, giulia):
    client.force_login(chiara)
    client.post("/office/policy/", typed(cap_news_most="", cap_news_days=""))

    actions.ask([wanted(giulia, 9)], now=timezone.now())

    assert Message.objects.get(key="9").state == "asked"


def test_the_outbox_is_searched_by_reason_and_address(client, world, chiara):
    client.force_login(chiara)

    by_reason = client.get("/office/outbox/?why=cap_news").content.decode()
    by_address = client.get("/office/outbox/?q=nobody@").content.decode()

    assert "giulia@posta.example" in by_reason
    assert "giulia@posta.example" not in by_address


def test_a_list_from_another_program_is_read_and_what_can_not_be_is_named(client, world, sara, luna):
    client.force_login(sara)
    text = "Email Address;Status\nUgo@Posta.example;cleaned\nada@posta.example;\nnonsense;x\n"
    text += "luna@posta.example;bounced\n"

    answer = client.post(
        "/office/outbox/suppressed/import/",
        {"list_": SimpleUploadedFile("list.csv", text.encode()), "reason": "unsubscribed"},
        follow=True,
    )

    rows = dict(Suppression.objects.values_list("address", "reason"))
    assert rows == {
        "ugo@posta.example": "hard_bounce",
        "ada@posta.example": "unsubscribed",
        "luna@posta.example": "hard_bounce",
    }
    page = answer.content.decode()
    assert "2" in page
    assert "4: nonsense" in page


def test_what_was_exported_comes_back_whole_on_every_channel(client, world, chiara, luna):
    for channel, address, reason in (
        ("sms", "+393331234567", "stopped"),
        ("telegram", "-4242", "hard_bounce"),
    ):
        Suppression.objects.create(store=luna, channel=channel, address=address, reason=reason)
    client.force_login(chiara)
    kept = set(Suppression.objects.values_list("channel", "address", "reason"))
    file = client.get("/office/outbox/suppressed/export/").content
    Suppression.objects.all().delete()

    twice = file + file.splitlines(keepends=True)[1]
    given = {"list_": SimpleUploadedFile("list.csv", twice), "reason": "unsubscribed"}
    client.post("/office/outbox/suppressed/import/", given)

    assert set(Suppression.objects.values_list("channel", "address", "reason")) == kept


def test_a_file_without_addresses_is_refused_in_a_sentence(client, world, sara):
    client.force_login(sara)

    answer = client.post(
        "/office/outbox/suppressed/import/",
        {"list_": SimpleUploadedFile("list.csv", b"name,town\nGiulia,Bologna\n"), "reason": "complaint"},
        follow=True,
    )

    assert "Nessuna colonna" in answer.content.decode()
    assert Suppression.objects.count() == 1


def test_lifting_says_who_and_why_and_an_old_bounce_does_not_undo_it(client, world, sara, luna):
    client.force_login(sara)
    client.post(f"/office/outbox/suppressed/{world.pk}/lift/", {"because": "she called"})
    world.refresh_from_db()
    old = actions.Silence(
        store_id=luna.pk, address=world.address, reason="hard_bounce", made_at=world.lifted_at - DAY
    )

    actions.silence([old], now=timezone.now())
    world.refresh_from_db()
    assert (world.lifted_by, world.lifted_because) == (sara, "she called")

    actions.silence(
        [actions.Silence(store_id=luna.pk, address=world.address, reason="hard_bounce")], now=timezone.now()
    )
    world.refresh_from_db()
    assert world.lifted_at is None


def test_an_export_holds_what_holds_and_runs_in_no_spreadsheet(client, world, chiara, luna):
    Suppression.objects.create(store=luna, address="=cmd@posta.example", reason="complaint")
    Suppression.objects.create(
        store=luna, address="gone@posta.example", reason="complaint", lifted_at=timezone.now()
    )
    client.force_login(chiara)

    lines = client.get("/office/outbox/suppressed/export/").content.decode().splitlines()

    assert lines[0].startswith("address,channel,reason")
    assert any(line.startswith("'=cmd@posta.example") for line in lines)
    assert not any("gone@" in line for line in lines)


def test_the_customers_page_says_why_of_every_message(client, world, chiara, giulia):
    client.force_login(chiara)

    page = client.get(f"/office/customers/{giulia.pk}/").content.decode()

    assert "Why, and why not" in page
    assert "It waits its turn: news, at most 1 in 7 days." in page
    assert "Never asked for" in page
