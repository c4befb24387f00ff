"""The customer's pages. Looking changes nothing: link scanners open every address."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from passaparola.account import actions, pages, shells
from passaparola.account import lookup as finding
from passaparola.account.answers import STRICT, answer
from passaparola.account.fast import wish_of
from passaparola.account.forms import LookupForm
from passaparola.account.rules.lookup import WINDOW
from passaparola.account.spoken import spoken
from passaparola.kernel.http.source import source_of
from passaparola.orders.links import read_link
from passaparola.stores import look as looks
from passaparola.stores.hosts import may_show
from passaparola.stores.models import Store


@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """The order page, kept from now on: the next look is answered by `fast`."""
    now = datetime.now(UTC)
    opened = read_link(token, now=now)
    wish = wish_of(request.META.get("QUERY_STRING", ""))
    kept = pages.page_of(opened.order, wish, epoch=opened.epoch, now=now) if opened else None
    if kept is None or not may_show(request, kept.made.slug):
        return gone(request)
    made = answer(
        kept,
        accepts=request.headers.get("Accept-Encoding", ""),
        has=request.headers.get("If-None-Match", ""),
        is_head=request.method == "HEAD",
    )
    return HttpResponse(made.body, status=made.status, headers=dict(made.headers))


def gone(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that opens nothing: forged, ended, erased; nobody learns which."""
    context = {"shell": looks.nobodys_shell()}
    answered = render(request, "stores/gone.html", context, status=404)
    for name, value in STRICT:
        answered.headers[name] = value
    return answered


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest, slug: str) -> HttpResponse:
    """Find an order by its number and e-mail. A try is answered the same way, found or not."""
    store = Store.objects.filter(slug=slug).first()
    if store is None:
        return gone(request)
    form = LookupForm(request.POST if request.method == "POST" else None)
    with translation.override(spoken(request, store)):
        if not form.is_valid():
            return shop_page(request, store, "account/lookup.html", form=form)
        tried = form.cleaned_data | {"source": source_of(request), "now": datetime.now(UTC)}
        try:
            token = finding.find(store.pk, **tried)
        except actions.TooManyTriesError:
            return too_many(request, store)
        return to_progress(slug, token)


def to_progress(slug: str, token: str) -> HttpResponse:
    """Go on in the language being spoken."""
    path = reverse("account:progress", kwargs={"slug": slug, "token": token})
    return redirect(f"{path}?lang={translation.get_language()}")


def too_many(request: HttpRequest, store: Store) -> HttpResponse:
    response = shop_page(request, store, "account/too_many.html", minutes=int(WINDOW.total_seconds() / 60))
    response.status_code = 429
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """How far an order is, and nothing about whose it is: the e-mail address has not been proved yet."""
    store = Store.objects.filter(slug=slug).first()
    now = datetime.now(UTC)
    pk = finding.read(token, now=now) if store else None
    if store is None or pk is None:
        return gone(request)
    with translation.override(spoken(request, store)):
        if request.method == "POST":
            return send_link(request, store, pk, now)
        shown = pages.progress_of(pk, store.pk, spoken(request, store), now=now)
        if shown is None:
            return shop_page(request, store, "account/lookup.html", form=LookupForm(), found_nothing=True)
        return shop_page(request, store, "account/progress.html", **shown)


def send_link(request: HttpRequest, store: Store, order: int, now: datetime) -> HttpResponse:
    """Send the link of the whole page to the order's own address, which proves whose it is."""
    try:
        actions.send_link(order, store=store.pk, now=now)
    except actions.TooManyTriesError:
        return too_many(request, store)
    messages.success(request, _("We have sent you the link. Look into your mailbox in a minute."))
    return redirect(request.get_full_path())


def shop_page(request: HttpRequest, store: Store, template: str, **context: Any) -> HttpResponse:
    """A page in the shop's look, kept by nobody and in no index.

    Its referrer stays at `same-origin`: with none at all browsers send forms with the origin `null`, which
    the check against forged forms rightly refuses.
    """
    shell = shells.of_account(store, translation.get_language() or "", here=request.path, is_signed_in=False)
    answered = render(request, template, {"shell": shell, "shop": store, **context})
    answered.headers["X-Robots-Tag"] = "noindex"
    return answered


@require_safe
def brand(request: HttpRequest, slug: str) -> HttpResponse:
    """The shop's colours, corners and heading face. Kept for ever under the version in its address."""
    store = Store.objects.filter(slug=slug).first()
    return _stylesheet(request, looks.store_look(store) if store else looks.USUAL)


@require_safe
def usual_brand(request: HttpRequest) -> HttpResponse:
    """For pages that don't know a shop."""
    return _stylesheet(request, looks.USUAL)


def _stylesheet(request: HttpRequest, look: looks.Look) -> HttpResponse:
    css, version = looks.stylesheet(look)
    is_asked_for = request.GET.get("v") == version
    kept = "public, max-age=31536000, immutable" if is_asked_for else "public, max-age=60"
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": kept})
