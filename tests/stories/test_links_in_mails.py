"""Whoever opens the links of a mail before its reader does, a scanner or a preview, changes nothing by it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client

from passaparola.account.actions import ask_follower
from passaparola.account.actions.forgetting import erasure_path
from passaparola.account.links import follow_path
from passaparola.customers.actions import ask_erasure
from passaparola.messages.actions.signing_up import confirm_link, sign_up
from passaparola.messages.kind import KINDS, MessageKind
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.orders.links import order_path
from passaparola.returns import actions as returns
from passaparola.returns.tests import some
from tests.cast import NOON
from tests.pages import everything_kept

NOW = NOON
OURS = settings.PUBLIC_URL
LINK = re.compile(rf"{re.escape(OURS)}(/[^\s\"'<>)]*)")
PLACES = ("/o/", "/s/", "/f/", "/u/")
"""Where links of mails lead to."""


@pytest.fixture
def order(luna, giulia):
    """An order with a return, a withdrawal, somebody who follows it, and somebody who wants to be forgotten."""
    return some.order(luna, giulia, at=NOW)


@pytest.fixture
def real(luna, giulia, order):
    """What the examples' made-up links stand for, by how they begin."""
    filed = some.filed(order, now=NOW)
    stated = returns.withdraw(
        luna,
        key="w",
        order=order,
        name="Giulia Moretti",
        email=order.email,
        order_number=order.number,
        words="I withdraw",
        language="en",
        now=NOW,
        pieces={some.line(order, some.PLATE).pk: 1},
    )
    follower = ask_follower(order, email="nonna@posta.example", now=NOW)
    signup = sign_up(luna, email="ugo@posta.example", language="it", wording="", page="", now=NOW)
    erasure = ask_erasure(giulia, now=NOW)
    path = order_path(order.pk, now=NOW)
    return {
        "https://orders.example/o/token/return/7/": f"{OURS}{path}return/{filed.pk}/",
        "https://orders.example/o/token/withdraw/7/receipt.pdf": f"{OURS}{path}withdraw/{stated.pk}/receipt.pdf",
        "https://ordini.example/f/abc/": f"{OURS}{follow_path(follower, now=NOW)}",
        "https://ordini.example/s/luna/erasure/abc/": f"{OURS}{erasure_path(erasure, now=NOW)}",
        "https://ordini.example/s/luna/account/passkeys/": f"{OURS}/s/{luna.slug}/account/passkeys/",
        "https://shop.example/u/confirm/abc/": confirm_link(signup.pk, now=NOW),
    }


def message(kind: MessageKind, order, real: dict[str, str]) -> Message:
    """One such mail that lies in somebody's mailbox."""
    told = {name: real.get(value, value) for name, value in kind.example.items()}
    made_up = [value for value in told.values() if any(f".example{place}" in value for place in PLACES)]
    assert not made_up, f"Say what these links of “{kind.key}” stand for: {made_up}"
    return Message.objects.create(
        store=order.store,
        customer=order.customer,
        order=order if kind.needs_order else None,
        parcel=order.parcels.first() if kind.is_about_parcel else None,
        key=kind.key,
        kind=kind.key,
        purpose=kind.purpose.value,
        to_address=order.email,
        language="it",
        data=told,
        asked_at=NOW,
        not_before=NOW,
        expires_at=NOW + timedelta(days=1),
        due_at=NOW,
        sent_at=NOW,
    )


def links_of(kind: MessageKind, sent: Message) -> Iterator[str]:
    """Every address of ours in what the reader sees, in the plain text, and in the header for unsubscribing."""
    for sent.language in ("en", "it"):
        letter = Letters.of([(sent, kind)], {sent.store_id: sent.store}, NOW).letter(sent, kind)
        written = letter.template.render(letter.data)
        for text in (written.html, written.text, letter.template.short(letter.data), letter.unsubscribe_url):
            yield from (unescape(found) for found in LINK.findall(text))


@pytest.mark.timeout(400)  # a hundred letters are compiled, and every address is opened twice
def test_opening_every_link_of_every_kind_of_mail_changes_nothing(order, real):
    links = {
        (kind.key, link) for kind in KINDS.values() for link in links_of(kind, message(kind, order, real))
    }
    paths = sorted({link.split("#")[0] for _, link in links})
    before, answers = everything_kept(), {}

    for path in paths:
        for method in ("get", "head"):
            answers[path, method] = getattr(Client(), method)(path).status_code

    assert everything_kept() == before
    assert {kind for kind, _ in links} == set(KINDS), "each has at least the way to be left in peace"
    assert set(answers.values()) <= {200, 302}, answers
    for place in PLACES:
        assert any(path.startswith(place) for path in paths), place


def test_following_on_to_every_page_that_a_mail_leads_to_changes_nothing(order, real):
    """Scanners go on from page to page; what they find behind the order's link they open as well."""
    start = order_path(order.pk, now=NOW)
    seen, waiting = set(), [start, *(link.removeprefix(OURS) for link in real.values())]
    before = everything_kept()

    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = Client().get(path)
        assert answer.status_code in {200, 302, 404}, path
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            found = re.findall(r'href="([^"#]+)"', answer.content.decode())
            whole = [urljoin(path, unescape(one)).split("#")[0] for one in found]
            waiting += [one for one in whole if one.startswith(PLACES) and ".css" not in one]

    assert everything_kept() == before
    assert len(seen) > 20
    assert {path.split("?")[0] for path in seen} >= {
        start,
        f"{start}details/",
        f"{start}return/",
        f"{start}withdraw/",
    }
