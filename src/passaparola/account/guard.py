"""Who may see an account: whoever has a session of this shop. Its cookie goes to this shop's pages alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from passaparola.account import shells
from passaparola.account.models import AccountSession
from passaparola.account.rules.ways_in import SESSION_LASTS
from passaparola.account.spoken import goes_along, has_chosen, spoken
from passaparola.kernel.ui.shell import CustomerShell
from passaparola.orders.guard import LinkRequest, by_order_link, gone
from passaparola.stores.models import Store

COOKIE = "account"
View = Callable[..., HttpResponse]


class ShopRequest(HttpRequest):
    """A request for a page of one shop's customers, signed in or not."""

    store: Store
    session_of: AccountSession | None
    shell: CustomerShell
    now: datetime


class AccountRequest(ShopRequest):
    """A request of a customer who is signed in."""

    session_of: AccountSession
    """Theirs, with the customer and, where they were merged, the person they are."""


def of_shop(view: View) -> View:
    """Open a view `(request, slug, …)` to everybody, in the shop's look and the reader's language."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        asked: Any = request  # our own attributes on Django's request; ShopRequest declares them
        asked.now = datetime.now(UTC)
        asked.session_of = session_of(request, slug, now=asked.now)
        store = asked.session_of.store if asked.session_of else Store.objects.filter(slug=slug).first()
        if store is None:
            return gone(request)
        asked.store = store
        language = spoken(request, store, asked.session_of.customer.language if asked.session_of else "")
        with translation.override(language), timezone.override(store.zone):
            asked.shell = shells.of_account(
                store, language, here=request.path, is_signed_in=asked.session_of is not None
            )
            response = view(request, slug, *args, **kwargs)
        if has_chosen(request):
            goes_along(response, language)
        add_never_cache_headers(response)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    guarded.is_of_shop = True  # type: ignore[attr-defined]  # the tests ask every address for it
    return guarded


def by_account(view: View) -> View:
    """Open a view `(request, slug, …)` to who is signed in to this shop; others are sent to the sign-in page."""

    @wraps(view)
    def guarded(request: ShopRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.session_of is None:
            way = reverse("account:sign-in", kwargs={"slug": slug})
            return redirect(f"{way}?lang={translation.get_language()}")
        return view(request, slug, *args, **kwargs)

    inner = of_shop(guarded)
    inner.is_by_account = True  # type: ignore[attr-defined]
    return inner


def session_of(request: HttpRequest, slug: str, *, now: datetime) -> AccountSession | None:
    """Return the session that the request's cookie opens at this shop, with shop, customer and person."""
    token = request.COOKIES.get(COOKIE, "")
    if not 20 < len(token) < 100:  # noqa: PLR2004 - none of ours is shorter or longer
        return None
    sessions = AccountSession.objects.open(now=now).filter(
        store__slug=slug, digest=AccountSession.digest_of(token)
    )
    found = sessions.select_related("store", "customer__merged_into").first()
    person = found.customer.merged_into if found else None
    return None if person and person.erased_at else found


def keep(response: HttpResponse, store: Store, token: str) -> None:
    """Give the session to the browser."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_LASTS,
        path=f"/s/{store.slug}/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, store: Store) -> None:
    response.delete_cookie(COOKIE, path=f"/s/{store.slug}/", samesite="Lax")


class OrderRequest(LinkRequest):
    """A request for a page below an order's own."""

    now: datetime


def below_order(here: str, *, depth: int = 1) -> Callable[[View], View]:
    """Open a view `(request, token, …)` to whoever has the order's link, in the frame of the order's pages.

    `here` is the page's place below the order: the frame marks it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def framed(request: OrderRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            request.now = datetime.now(UTC)
            language = translation.get_language() or request.store.language
            request.shell = shells.below_order(request.store, language, here=here, depth=depth)
            response = view(request, token, *args, **kwargs)
            return goes_along(response, language) if has_chosen(request) else response

        return by_order_link(framed)

    return guard
