"""The team's page about arrival times: how right they were, who is late, and what the team knows of strikes."""

from collections.abc import Sequence
from datetime import date

from babel.core import Locale
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.kernel.ui.charts import Bar, Series
from passaparola.stores.guard import StaffRequest, staff
from passaparola.tracking import actions, queries
from passaparola.tracking.forms import DisruptionForm, countries_to_choose
from passaparola.tracking.known_carriers import name_of
from passaparola.tracking.models import Disruption
from passaparola.tracking.rules.eta.months import When
from passaparola.tracking.words import CAUSES


@require_safe
@staff
def arrival(request: StaffRequest) -> HttpResponse:
    when = When.HANDED_OVER if request.GET.get("when") == "handover" else When.ORDERED
    shown = queries.arrivals(request.store, when=when.value, now=timezone.now())
    names = country_names()
    context = {
        "shown": shown,
        "is_at_handover": when is When.HANDED_OVER,
        "months": [_month(month) for month, *_rest in shown.months],
        "series": [Series(_("Learned"), [_percent(learned) for _m, learned, _r in shown.months])],
        "line": Series(_("Rule of thumb"), [_percent(rule) for *_rest, rule in shown.months], "two"),
        "lanes": [
            (lane, name_of(lane.carrier), names.get(lane.country, lane.country)) for lane in shown.lanes
        ],
        "late": _bars(shown.late),
        "late_count": sum(count for _cause, count in shown.late),
        "disruptions": [
            (one, name_of(one.carrier), names.get(one.country, one.country)) for one in shown.disruptions
        ],
    }
    return render(request, "tracking/arrival.html", context)


def _percent(told: queries.Told | None) -> float:
    return round(100 * told.right, 1) if told else 0.0


def _month(month: date) -> str:
    return str(Locale.parse(get_language() or "en").months["stand-alone"]["abbreviated"][month.month])


def _bars(late: Sequence[tuple[str, int]]) -> list[Bar]:
    return [
        Bar(str(CAUSES.get(cause, cause)), count, str(count), "bad" if cause == "shop" else "one")
        for cause, count in late
    ]


def country_names() -> dict[str, str]:
    """Return the names of the countries that may be chosen, in the reader's language."""
    territories = Locale.parse(get_language() or "en").territories
    return {code: territories.get(code, code) for code in countries_to_choose()}


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def disruption(request: StaffRequest) -> HttpResponse:
    form = DisruptionForm(request.POST or None, countries=country_names())
    if form.is_valid():
        given = form.cleaned_data
        words = given.pop("words_en"), given.pop("words_it")
        actions.enter_disruption(request.store, **given, words=words, by=request.member, now=timezone.now())
        messages.success(
            request,
            _(
                "Noted. The dates of such parcels move on, and whoever waits for one reads why on the order’s page."
            ),
        )
        return redirect("tracking:arrival")
    context = {"form": form}
    return render(request, "tracking/disruption.html", context, status=400 if form.errors else 200)


@require_POST
@staff
def withdraw_disruption(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Disruption, store=request.store, pk=pk)
    actions.withdraw_disruption(found, now=timezone.now())
    messages.success(request, _("Withdrawn: it moves and explains nothing any more."))
    return redirect("tracking:arrival")
