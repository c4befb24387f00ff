"""The widget on the shop's own site: a script that shows a frame, and what is in the frame.

In a frame on somebody else's page there are no cookies: forms carry a signed visitor instead. Only pages of the
shop's own addresses may show it (`frame-ancestors`).
"""

import json
import secrets
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from passaparola.account import actions, pages
from passaparola.account import lookup as finding
from passaparola.account.forms import LookupForm
from passaparola.account.spoken import spoken
from passaparola.account.views.orders import too_many
from passaparola.kernel import signing
from passaparola.kernel.http.security import POLICY, written
from passaparola.kernel.http.source import source_of
from passaparola.kernel.ui.contrast import readable_ink
from passaparola.orders.guard import gone
from passaparola.stores.look import shell_of_store, store_look, stylesheet
from passaparola.stores.models import Store

VISITOR = "widget visitor"
_BITS = 40


@require_safe
def script(request: HttpRequest, slug: str) -> HttpResponse:
    """The script itself: under two kilobytes on the line, kept for an hour."""
    del request
    store = Store.objects.filter(slug=slug).first()
    if store is None:
        return HttpResponse(status=404)
    _css, version = stylesheet(store_look(store))
    made = _script(store.brand_colour, store.brand_radius, version)
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(made, content_type="text/javascript; charset=utf-8", headers=headers)


@lru_cache(maxsize=256)
def _script(colour: str, radius: int, version: str) -> str:
    del version  # it only tells apart what changed
    words = {}
    for language in ("en", "it"):
        with translation.override(language):
            words[language] = [_("Where is my order?"), _("Close")]
    raw = (files("passaparola.account") / "widget.js").read_text()
    told = raw.replace("WORDS", json.dumps(words, ensure_ascii=True)).replace("RADIUS", str(radius))
    lines = (
        line.strip()
        for line in told.replace("COLOUR", colour).replace("INK", readable_ink(colour)).splitlines()
    )
    return "".join(lines)


@csrf_exempt  # a form in a frame on another site has no cookie: the signed visitor stands in for it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for an order, in the frame."""
    store = Store.objects.filter(slug=slug).first()
    if store is None:
        return gone(request)
    now = datetime.now(UTC)
    with translation.override(spoken(request, store)):
        form = LookupForm(request.POST if request.method == "POST" else None)
        if _is_sent_by_us(request, now) and form.is_valid():
            try:
                token = finding.find(store.pk, **form.cleaned_data, source=source_of(request), now=now)
            except actions.TooManyTriesError:
                return framed(too_many(request, store), store)
            path = reverse("account:widget-progress", kwargs={"slug": slug, "token": token})
            return framed(redirect(f"{path}?lang={translation.get_language()}"), store)
        return _page(request, store, "account/widget.html", now, form=form)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def frame_progress(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """How far it is, in the frame; the whole page only by a link to the order's own address."""
    store, now = Store.objects.filter(slug=slug).first(), datetime.now(UTC)
    pk = finding.read(token, now=now) if store else None
    if store is None or pk is None:
        return gone(request)
    language = spoken(request, store)
    with translation.override(language):
        was_sent = False
        if _is_sent_by_us(request, now):
            try:
                actions.send_link(pk, store=store.pk, now=now)
                was_sent = True
            except actions.TooManyTriesError:
                return framed(too_many(request, store), store)
        shown = pages.progress_of(pk, store.pk, language, now=now)
        if shown is None:
            return _page(request, store, "account/widget.html", now, form=LookupForm(), found_nothing=True)
        return _page(request, store, "account/widget_progress.html", now, was_sent=was_sent, **shown)


def _is_sent_by_us(request: HttpRequest, now: datetime) -> bool:
    """Tell whether a form was sent that a page of ours has shown lately."""
    visitor = request.POST.get("visitor", "")[:100]
    return request.method == "POST" and signing.read(VISITOR, visitor, now=now) is not None


def _page(
    request: HttpRequest, store: Store, template: str, now: datetime, **context: object
) -> HttpResponse:
    visitor = signing.sign(VISITOR, secrets.randbits(_BITS), expires=(now + timedelta(days=1)).date())
    shell = shell_of_store(store, translation.get_language() or "")
    return framed(
        render(request, template, {"shell": shell, "shop": store, "visitor": visitor, **context}), store
    )


def framed(response: HttpResponse, store: Store) -> HttpResponse:
    """Let the shop's own pages show this in a frame, and nobody else's."""
    ancestors = " ".join(["'self'", *store.widget_origins])
    response.headers["Content-Security-Policy"] = written(POLICY | {"frame-ancestors": ancestors})
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
