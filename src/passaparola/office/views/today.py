"""The first page: how it goes, and what waits for somebody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from passaparola.office import rules
from passaparola.office.figures import carriers, chart, stats
from passaparola.office.queries import today as queries
from passaparola.office.queries.needs import needs
from passaparola.stores.guard import StaffRequest, staff

DEFAULT_DAYS = 30


@require_safe
@staff
def today(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, queries.PERIODS) else DEFAULT_DAYS
    found = queries.figures(request.store, days=days, now=now)
    context = {
        "greeting": _greeting(request, now.astimezone(request.store.zone).hour),
        "periods": queries.PERIODS.items(),
        "days": days,
        "stats": stats(found, days),
        "chart": chart(found, now),
        "carriers": carriers(found),
        "needs": needs(request.store, now=now),
        "latest": queries.latest_orders(request.store, now=now),
        "is_new": not request.store.connections.exists(),
    }
    return render(request, "office/today.html", context)


def _greeting(request: StaffRequest, hour: int) -> str:
    words = {
        "morning": _("Good morning, %s"),
        "afternoon": _("Good afternoon, %s"),
        "evening": _("Good evening, %s"),
    }
    return words[rules.greeting(hour)] % request.member.get_short_name()
