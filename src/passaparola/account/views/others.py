"""Pages for others than the buyer: who gets a gift, and who follows an order."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from passaparola.account import actions, pages
from passaparola.account.links import GIFT, read_follower
from passaparola.account.models import Follower
from passaparola.account.spoken import spoken
from passaparola.orders.guard import find_order, gone
from passaparola.stores.hosts import may_show
from passaparola.stores.look import shell_of_store
from passaparola.stores.models import Store


@never_cache
@require_safe
def gift(request: HttpRequest, token: str) -> HttpResponse:
    """Where a present is, and nothing of what it is, what it cost or who else has to do with it."""
    now = datetime.now(UTC)
    order = find_order(token, now=now, purpose=GIFT)
    if (
        order is None
        or (order.customer and order.customer.erased_at)
        or not may_show(request, order.store.slug)
    ):
        return gone(request)
    return _shown(request, order.store, "account/gift.html", order.pk, now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody was asked whether they want the news of an order: yes or no, on a button only."""
    now = datetime.now(UTC)
    pk = read_follower(token, now=now) if len(token) < 100 else None  # noqa: PLR2004 - none of ours is longer
    follower = Follower.objects.select_related("order__store", "order__customer").filter(pk=pk or 0).first()
    if follower is None or (follower.order.customer and follower.order.customer.erased_at):
        return gone(request)
    if not may_show(request, follower.order.store.slug):
        return gone(request)
    if request.method == "POST":
        with translation.override(spoken(request, follower.order.store)):
            _answered(request, follower, now)
        return redirect(request.get_full_path())
    return _shown(
        request, follower.order.store, "account/follow.html", follower.order_id, now, follower=follower
    )


def _answered(request: HttpRequest, follower: Follower, now: datetime) -> None:
    if request.POST.get("answer") == "yes":
        actions.confirm_follower(follower, now=now)
        messages.success(request, _("You get the news of this parcel from now on."))
    else:
        actions.end_follower(follower, now=now)
        messages.success(request, _("We write to you no more about this parcel."))


def _shown(
    request: HttpRequest, store: Store, template: str, order: int, now: datetime, **context: object
) -> HttpResponse:
    language = spoken(request, store)
    with translation.override(language), timezone.override(store.zone):
        told = pages.progress_of(order, store.pk, language, now=now) or {}
        context |= {**told, "shell": shell_of_store(store, language), "shop": store}
        response = render(request, template, context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
