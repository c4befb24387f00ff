"""Help, with and without an order; guides; things bought."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.account.guard import OrderRequest, ShopRequest, below_order, of_shop
from passaparola.account.helping import about, article_of, help_of
from passaparola.account.things import thing_of
from passaparola.guides import actions as guides
from passaparola.guides.models import Guide, GuideFile
from passaparola.guides.queries import LONGEST_QUESTION
from passaparola.kernel.http.source import source_of
from passaparola.kernel.limits import may_try
from passaparola.orders.models import Line, Order
from passaparola.stores.models import Store

VOTES, VOTES_PER = 30, timedelta(hours=1)


@require_safe
@of_shop
def help_page(request: ShopRequest, slug: str) -> HttpResponse:
    del slug
    return _help(request, None)


@require_safe
@below_order("help/")
def help_of_order(request: OrderRequest, token: str) -> HttpResponse:
    del token
    return _help(request, request.order)


def _help(request: ShopRequest | OrderRequest, order: Order | None) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    shown = help_of(request.store, get_language() or "en", order=order, asked=asked, now=request.now)
    context = {"shell": request.shell, "shop": request.store, "help": shown, "order": order}
    return render(request, "account/help.html", context)


@require_safe
@of_shop
def guide(request: ShopRequest, slug: str, guide_id: int) -> HttpResponse:
    del slug
    return _guide(request, guide_id, None)


@require_safe
@below_order("help/", depth=2)
def guide_of_order(request: OrderRequest, token: str, guide_id: int) -> HttpResponse:
    del token
    return _guide(request, guide_id, request.order)


def _guide(request: ShopRequest | OrderRequest, guide_id: int, order: Order | None) -> HttpResponse:
    found = _published(request.store, guide_id)
    values, _moment = about(order, request.store, get_language() or "en", request.now)
    context = {
        "shell": request.shell,
        "shop": request.store,
        "article": article_of(found, get_language() or "en", values),
        "files": list(found.files.all()),
        "guide": found,
        "vote_url": "vote/",
    }
    return render(request, "account/guide.html", context)


def _published(store: Store, guide_id: int) -> Guide:
    return get_object_or_404(Guide.objects.of(store).published(), pk=guide_id)


@require_POST
@of_shop
def vote(request: ShopRequest, slug: str, guide_id: int) -> HttpResponse:
    found = _published(request.store, guide_id)
    _voted(request, found, None)
    return redirect("account:guide", slug=slug, guide_id=guide_id)


@require_POST
@below_order("help/", depth=2)
def vote_of_order(request: OrderRequest, token: str, guide_id: int) -> HttpResponse:
    found = _published(request.store, guide_id)
    _voted(request, found, request.order.pk)
    return redirect("account:order-guide", token=token, guide_id=guide_id)


def _voted(request: ShopRequest | OrderRequest, found: Guide, order: int | None) -> None:
    if may_try("vote from", source_of(request), most=VOTES, per=VOTES_PER, now=request.now):
        guides.vote(found, order=order, is_useful=request.POST.get("useful") == "yes", now=request.now)
    messages.success(request, _("Thank you: it helps us to write better."))


@require_safe
@below_order("things/", depth=2)
def thing(request: OrderRequest, token: str, line_id: int) -> HttpResponse:
    del token
    line = Line.objects.filter(order=request.order, pk=line_id).first()
    if line is None:
        raise Http404
    line.order = request.order
    shown = thing_of(line, get_language() or "en", now=request.now)
    context = {"shell": request.shell, "shop": request.store, "thing": shown, "order": request.order}
    return render(request, "account/thing.html", context)


@require_safe
def file(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """A picture or PDF of a published guide. Its name is its content, so it may be kept for ever."""
    del request
    published = GuideFile.objects.filter(guide__store__slug=slug, guide__published_at__isnull=False)
    found = get_object_or_404(published, digest=digest)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not found.is_picture:
        response.headers["Content-Disposition"] = 'attachment; filename="guide.pdf"'
    return response
