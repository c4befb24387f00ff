"""The frame of the customer's pages: the shop's look, and the ways between the pages.

The order page is kept for whoever has a link, so its ways are relative: no link's key stands in it.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from passaparola.account.queries import Row
from passaparola.kernel.ui.shell import CustomerShell, Link
from passaparola.stores.look import shell_of, shell_of_store
from passaparola.stores.models import Store


def of_account(store: Store, language: str, *, here: str, is_signed_in: bool) -> CustomerShell:
    """Return the frame of the shop's pages outside of one order."""
    ways = [("account:home", _("My account")), ("account:help", _("Help"))]
    if not is_signed_in:
        ways[0] = ("account:sign-in", _("Sign in"))
    links = [_way(reverse(name, kwargs={"slug": store.slug}), label, here, language) for name, label in ways]
    withdraw = reverse("returns:withdraw-guest", kwargs={"slug": store.slug})
    return _with(shell_of_store(store, language), links, withdraw, language)


def of_order(head: Row, language: str) -> CustomerShell:
    """Return the frame of the order page itself, which is kept without its address."""
    ways = ways_of_order(head["slug"], language, up="", here="./")
    return _with(shell_of(head, language), ways, "withdraw/", language)


def below_order(store: Store, language: str, *, here: str, depth: int = 1) -> CustomerShell:
    """Return the frame of a page `depth` levels below an order's own."""
    up = "../" * depth
    ways = ways_of_order(store.slug, language, up=up, here=f"{up}{here}")
    return _with(shell_of_store(store, language), ways, f"{up}withdraw/", language)


def ways_of_order(slug: str, language: str, *, up: str, here: str) -> list[Link]:
    ways = [
        (up or "./", _("My order")),
        (f"{up}details/", _("Details")),
        (f"{up}return/", _("Send back")),
        (f"{up}help/", _("Help")),
    ]
    ways.append((reverse("account:home", kwargs={"slug": slug}), _("My account")))
    return [_way(url, label, here, language) for url, label in ways]


def _way(url: str, label: str, here: str, language: str) -> Link:
    """The language goes along: who chose another one reads on in it."""
    return Link(label, f"{url}?lang={language}", is_current=url == here)


def _with(shell: CustomerShell, links: Sequence[Link], withdraw: str, language: str) -> CustomerShell:
    """The way to withdraw stands on every page, all the time: Directive (EU) 2023/2673, article 1(3)."""
    footer = [Link(_("Withdraw from the contract here"), f"{withdraw}?lang={language}")]
    return replace(shell, links=[*links, *shell.links], footer_links=footer)
