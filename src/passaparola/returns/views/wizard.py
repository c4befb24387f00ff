"""A return in four pages: what, why, what for, how. A POST keeps what was said; a GET changes nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from passaparola.kernel.pictures import PictureError, read_picture
from passaparola.orders.guard import LinkRequest, by_order_link
from passaparola.returns import actions, reading
from passaparola.returns.actions import CannotError
from passaparola.returns.models import Draft, Return
from passaparola.returns.offers import how_page, start_page, what_page, why_page
from passaparola.returns.views.onward import address, now, onward, shown
from passaparola.returns.words import photo_problem


@require_http_methods(["GET", "HEAD", "POST"])
@by_order_link
def start(request: LinkRequest, token: str) -> HttpResponse:  # noqa: ARG001 - read by the guard
    """What of the order may go back, under which rule, until when; and the returns there are."""
    problem, chosen = "", reading.numbers(request.POST, "q")
    if request.method == "POST":
        try:
            draft = actions.begin(request.order, pieces=chosen, now=now())
            return onward(request, "why", key=draft.key)
        except CannotError as error:
            problem = str(error)
    page = start_page(request.order, chosen=chosen, now=now())
    filed = [] if page["is_new"] else _filed(request)
    withdraw = address(request, "withdraw") if page["may_withdraw"] else ""
    return _page(request, "start", problem, page=page, filed=filed, withdraw_url=withdraw)


@require_http_methods(["GET", "HEAD", "POST"])
@by_order_link
def why(request: LinkRequest, token: str, key: str) -> HttpResponse:  # noqa: ARG001
    """Why each thing goes back, with a photo where one helps."""
    draft, problem = _draft(request, key), ""
    if request.method == "POST":
        try:
            _keep_photos(request, draft)
        except CannotError as error:
            problem = str(error)
        try:
            reasons, notes = reading.texts(request.POST, "reason"), reading.texts(request.POST, "note")
            actions.say_why(draft, reasons=reasons, notes=notes, now=now())
        except CannotError as error:
            problem = problem or str(error)
        if not problem:
            return onward(request, "what", key=key)
    back = address(request, "start")
    return _page(request, "why", problem, page=why_page(draft, now=now()), back_url=back)


def _keep_photos(request: LinkRequest, draft: Draft) -> None:
    """Keep every picture that is one; raises CannotError where one is not, and keeps the rest."""
    problem: str = ""
    for line, content in reading.files(request, "photo"):
        if not content:
            continue
        try:
            actions.add_photo(draft, line=line, picture=read_picture(content), now=now())
        except PictureError as error:
            problem = photo_problem(error)
    if problem:
        raise CannotError(problem)


@require_http_methods(["GET", "HEAD", "POST"])
@by_order_link
def what(request: LinkRequest, token: str, key: str) -> HttpResponse:  # noqa: ARG001
    """What they would like for it, each with what it means in money and days."""
    draft, problem = _draft(request, key), ""
    if request.method == "POST":
        chosen = reading.said(request.POST, "resolution", 20) or "nothing"
        picked = reading.said(request.POST, f"pick-{chosen}", 300)
        wants = reading.said(request.POST, "wants", 300).strip() or picked
        try:
            actions.choose(draft, resolution=chosen, wants=wants, now=now())
            return onward(request, "how", key=key)
        except CannotError as error:
            problem = str(error)
    back = address(request, "why", key=key)
    return _page(request, "what", problem, page=what_page(draft, now=now()), back_url=back)


@require_http_methods(["GET", "HEAD", "POST"])
@by_order_link
def how(request: LinkRequest, token: str, key: str) -> HttpResponse:  # noqa: ARG001
    """How it gets back, and the whole of it in a few lines before it is filed."""
    known = Return.objects.filter(order=request.order, key=key).first()
    if known:  # filed already: the second tap, or the way back
        return onward(request, "follow", pk=known.pk)
    draft, problem = _draft(request, key), ""
    if request.method == "POST":
        try:
            way, note = reading.said(request.POST, "way", 20), reading.said(request.POST, "note", 2000)
            actions.choose(draft, way=way, note=note, now=now())
            filed = actions.file(draft, language=get_language() or request.store.language, now=now())
            return onward(request, "follow", pk=filed.pk)
        except CannotError as error:
            problem = str(error)
    back = address(request, "what", key=key)
    return _page(request, "how", problem, page=how_page(draft, now=now()), back_url=back)


def _draft(request: LinkRequest, key: str) -> Draft:
    return get_object_or_404(Draft.objects.select_related("order__store"), order=request.order, key=key[:40])


def _filed(request: LinkRequest) -> list[tuple[Return, str]]:
    """The returns of the order, with where each is followed."""
    ours = Return.objects.filter(order=request.order).prefetch_related("items__line").order_by("-pk")
    return [(one, address(request, "follow", pk=one.pk)) for one in ours]


def _page(request: LinkRequest, name: str, problem: str, **context: Any) -> HttpResponse:
    status = 400 if problem else 200
    return shown(request, f"returns/{name}.html", status=status, problem=problem, **context)
