"""Where a customer wants to be written to: reached from the order's page, works without scripts but for browsers."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passaparola.kernel import limits
from passaparola.messages.actions.browsers import NoBrowserError, forget_browser, keep_browser
from passaparola.messages.ways.links import ways_of
from passaparola.orders.guard import LinkRequest, by_order_link

PAGE = "messages/stay_in_touch.html"
MOST_TRIES = 20
LONGEST = 2_000


@require_http_methods(["GET", "HEAD", "POST"])
@by_order_link
def stay_in_touch(request: LinkRequest, token: str) -> HttpResponse:
    now = datetime.now(UTC)
    if request.method == "POST":
        return _keep(request, token, now)
    return _page(request, now)


def _keep(request: LinkRequest, token: str, now: datetime) -> HttpResponse:
    who, hour = str(request.order.pk), timedelta(hours=1)
    if not limits.may_try("browser", who, most=MOST_TRIES, per=hour, now=now):
        return _page(request, now, _("That was often. Please try again in an hour."), 429)
    given = {name: request.POST.get(name, "")[:LONGEST] for name in ("endpoint", "p256dh", "auth")}
    if request.POST.get("stop"):
        forget_browser(request.order, given=given, now=now)
        return redirect("messages:stay-in-touch", token)
    try:
        keep_browser(request.order, given=given, now=now)
    except NoBrowserError:
        return _page(request, now, _("This browser can't be told anything, so nothing was kept."), 400)
    return redirect("messages:stay-in-touch", token)


def _page(request: LinkRequest, now: datetime, trouble: str = "", status: int = 200) -> HttpResponse:
    context = {
        "shell": request.shell,
        "shop": request.store,
        "order": request.order,
        "token": request.token,
        "ways": ways_of(request.order, now=now),
        "trouble": trouble,
    }
    asked: HttpRequest = request
    return render(asked, PAGE, context, status=status)
