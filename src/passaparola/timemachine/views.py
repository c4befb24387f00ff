"""Looking at the past with something changed. It only looks: everything is in the address, nothing is kept."""

from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from passaparola.customers.models import Customer
from passaparola.kernel.ui import formats
from passaparola.kernel.ui.charts import Series
from passaparola.messages import reasons
from passaparola.messages.accounts import name_of
from passaparola.segments.rules.condition import ConditionError
from passaparola.stores.guard import StaffRequest, owners
from passaparola.stores.models import Store
from passaparola.timemachine.forms import ChangeForm
from passaparola.timemachine.rules.figures import NO_SHARE, Difference, Letter, Share
from passaparola.timemachine.travel import Trip
from passaparola.timemachine.travel import travel as go

MOST = 40_000
"""Messages that are gone through while somebody waits for the page; larger shops are looked at in part."""
SECONDS = 25
EXAMPLES = 12


@require_safe
@owners
def travel(request: StaffRequest) -> HttpResponse:
    now, language = timezone.now(), get_language() or "en"
    form = ChangeForm(request.GET or None, store=request.store, language=language)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _result(request.store, form, now, language)
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "timemachine/travel.html", context, status=status)


def _result(store: Store, form: ChangeForm, now: datetime, language: str) -> dict[str, Any]:
    try:
        change = form.change(now)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            days = form.cleaned_data["days"]
            trip = go(store, change, days=days, now=now, most=MOST, examples=EXAMPLES)
    except ConditionError as error:
        return {"trouble": str(error)}
    except OperationalError:
        return {"trouble": _("There is too much past for this page. Choose fewer days.")}
    return {"trip": trip, "is_unchanged": change.is_empty, **_shown(trip, store, language)}


def _shown(trip: Trip, store: Store, language: str) -> dict[str, Any]:
    ids = {one.person for one in trip.differences}
    ids |= {pk for pk in (trip.really.busiest_person, trip.would.busiest_person) if pk}
    names = Customer.objects.filter(store=store).in_bulk(ids)
    kinds = sorted({*trip.really.by_kind, *trip.would.by_kind})
    return {
        "chart": _chart(trip),
        "kinds": [
            (reasons.word(kind, language).capitalize(), trip.really.by_kind[kind], trip.would.by_kind[kind])
            for kind in kinds
        ],
        "channels": _channels(trip),
        "dropped": [(_why(*reason, language), n) for reason, n in trip.dropped.most_common(8)],
        "busiest_really": names.get(trip.really.busiest_person or 0),
        "busiest_would": names.get(trip.would.busiest_person or 0),
        "examples": [
            (names[one.person], *_sides(one, language)) for one in trip.differences if one.person in names
        ],
    }


def _channels(trip: Trip) -> list[tuple[str, Share, Share]]:
    """Each channel, as it was and as it would have been; none where everything goes by e-mail anyway."""
    keys = sorted({*trip.really.by_channel, *trip.would.by_channel}, key=lambda key: (key != "email", key))
    if keys in ([], ["email"]):
        return []
    return [
        (name_of(key), trip.really.by_channel.get(key, NO_SHARE), trip.would.by_channel.get(key, NO_SHARE))
        for key in keys
    ]


def _why(reason: str, waits_for: str, language: str) -> str:
    return reasons.sentence(reason, {"waits_for": waits_for}, language) or reason


def _sides(one: Difference, language: str) -> tuple[list[tuple[str, Letter]], list[tuple[str, Letter]]]:
    def told(letters: tuple[Letter, ...]) -> list[tuple[str, Letter]]:
        return [(reasons.word(letter.kind, language), letter) for letter in letters]

    return told(one.really), told(one.would)


def _chart(trip: Trip) -> dict[str, Any]:
    """Messages a day, or a week where there are many days."""
    days = sorted({*trip.really.by_day, *trip.would.by_day})
    size = 1 if len(days) <= 31 else 7  # noqa: PLR2004 - columns that can still be told apart
    parts = [days[first : first + size] for first in range(0, len(days), size)]
    language, zone, now = get_language() or "en", timezone.get_current_timezone(), timezone.now()
    return {
        "title": _("Messages a day") if size == 1 else _("Messages a week"),
        "labels": [formats.short_day(part[0], language, zone, now) for part in parts],
        "series": [
            Series(_("Really"), [sum(trip.really.by_day[day] for day in part) for part in parts], "one")
        ],
        # Beside, not on top: the two are the same days told twice.
        "line": Series(
            _("Would have been"), [sum(trip.would.by_day[day] for day in part) for part in parts], "two"
        ),
    }
