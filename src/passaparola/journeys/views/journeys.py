"""The list, one journey as a picture, who is in it, and what it would have done."""

from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.customers.models import Customer
from passaparola.journeys import actions, queries
from passaparola.journeys.dry_run import dry_run
from passaparola.journeys.letters import Names, names_of, parts_of
from passaparola.journeys.models import Journey
from passaparola.journeys.picture import picture
from passaparola.journeys.rules.circles import circle_of
from passaparola.journeys.rules.document import Definition, Goal, Listening
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.shelf import in_words, of_key, shelf
from passaparola.journeys.stepform import titles_of
from passaparola.journeys.words import endings
from passaparola.kernel.ui import formats
from passaparola.kernel.ui.charts import Series
from passaparola.kernel.ui.sentences import SENTENCES
from passaparola.messages.models import Template
from passaparola.messages.reasons import word
from passaparola.segments.rules.condition import EVERYBODY
from passaparola.segments.words import event, length, told
from passaparola.stores.guard import StaffRequest, owners, staff

DAYS = (30, 90)
PUT_AWAY = 50
"""How many that were put away are shown."""
SECONDS = 25
"""How long a dry run may take while somebody waits for the page."""


def kept(request: StaffRequest, journey_id: int) -> Journey:
    return get_object_or_404(
        Journey.objects.kept().select_related("live"), store=request.store, pk=journey_id
    )


def defined(journey: Journey) -> Definition:
    """What its live version defines; a page without it where an update took something away from it."""
    try:
        if journey.live is not None:
            return journey.live.definition
    except DocumentError:
        pass
    raise Http404


def document_of(journey: Journey) -> dict[str, Any]:
    if journey.live is None:
        raise Http404
    return dict(journey.live.document)


@require_safe
@staff
def journeys(request: StaffRequest) -> HttpResponse:
    listed = queries.listed(request.store)
    taken = {one.journey.key for one in listed}
    ready = [one for one in shelf(get_language() or "en") if one.key not in taken]
    context = {
        "listed": listed,
        "ready": ready,
        "put_away": Journey.objects.put_away().filter(store=request.store)[:PUT_AWAY],
        "has_webhooks": queries.has_webhooks(request.store, listed),
        "once": token_urlsafe(12),
    }
    return render(request, "journeys/list.html", context)


@require_POST
@owners
def take(request: StaffRequest) -> HttpResponse:
    """Take a journey of the playbook: it is ours from then on, and still off."""
    ready = of_key(request.POST.get("key", ""), request.store.language)
    if ready is None:
        raise Http404
    now = timezone.now()
    version = actions.save(request.store, key=ready.key, document=ready.document, by=request.member, now=now)
    messages.success(request, _("It is yours now. Look it over, try it on the past, then switch it on."))
    return redirect("journeys:journey", version.journey_id)


@require_safe
@staff
def journey(request: StaffRequest, journey_id: int) -> HttpResponse:
    if Journey.objects.put_away().filter(store=request.store, pk=journey_id).exists():
        # Customers' pages still name it, and whoever put it away may look for it where it was.
        return redirect(f"{reverse('journeys:journeys')}#put-away")
    found = kept(request, journey_id)
    definition = defined(found)
    now = timezone.now()
    figures = queries.figures(found, now)
    trigger, circle = definition.trigger, circle_of(definition)
    context = {
        "journey": found,
        "definition": definition,
        "about": in_words(found.key, definition.about, get_language() or "en"),
        "figures": figures,
        "flow": picture(definition, figures, names_of(request.store)),
        "start": ", ".join(event(kind) for kind in trigger.kinds),
        "start_icon": SENTENCES[trigger.kinds[0]].icon if trigger.kinds[0] in SENTENCES else "play",
        "circle": circle,
        "circle_to": titles_of(definition, request.store)[circle.to] if circle else "",
        "start_if": told(trigger.condition) if trigger.condition != EVERYBODY else "",
        "exits": [exit_words(one) for one in definition.exits],
        "goal": goal_words(definition.goal) if definition.goal else "",
        "effect": queries.effect(found, now),
        "endings": endings(figures.endings),
        "versions": found.versions.order_by("-number").select_related("made_by")[:8],
    }
    return render(request, "journeys/journey.html", context)


def exit_words(leaving: Listening) -> str:
    said = _listening(leaving)
    return (
        said
        if leaving.about_order or not leaving.kinds
        else _("%(event)s (any of this customer)") % {"event": said}
    )


def goal_words(goal: Goal) -> str:
    said = _listening(goal.on)
    said = _("%(event)s (this order)") % {"event": said} if goal.on.about_order else said
    return _("%(event)s, within %(length)s") % {"event": said, "length": length(goal.within)}


def _listening(one: Listening) -> str:
    said = _(" or ").join(event(kind) for kind in one.kinds)
    if one.condition != EVERYBODY:
        said = f"{said}, {told(one.condition)}" if said else told(one.condition)
    return said


@require_POST
@owners
def switch(request: StaffRequest, journey_id: int) -> HttpResponse:
    found, now = kept(request, journey_id), timezone.now()
    match request.POST.get("to"):
        case "on":
            actions.switch_on(found, now=now)
            messages.success(request, _("It is on: from now on whoever fits enters."))
        case "off":
            actions.switch_off(found)
            messages.success(
                request, _("It is off: nobody enters any more. Who is under way comes to the end.")
            )
        case "stop":
            count = actions.stop_everybody(found, now=now)
            messages.success(
                request,
                ngettext("Stopped for %(n)d person.", "Stopped for %(n)d people.", count) % {"n": count},
            )
        case "archive":
            actions.archive(found, now=now)
            messages.success(
                request,
                _("Put away. What it did stays on the customers' pages; below you can take it out again."),
            )
            return redirect("journeys:journeys")
    return redirect("journeys:journey", found.pk)


@require_POST
@owners
def take_out(request: StaffRequest, journey_id: int) -> HttpResponse:
    """Bring back one that was put away."""
    found = get_object_or_404(Journey, store=request.store, pk=journey_id)
    if found.archived_at:
        actions.take_out(found)
        messages.success(request, _("It is back, and off. Who was in it before does not come back."))
    return redirect("journeys:journey", found.pk)


@require_safe
@staff
def people(request: StaffRequest, journey_id: int) -> HttpResponse:
    found = kept(request, journey_id)
    step, before = request.GET.get("step", ""), request.GET.get("before", "")
    older = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None  # noqa: PLR2004 - digits of an id
    paths = queries.people(found, step=step[:40], before=older)
    last = paths[-1].enrolment.pk if len(paths) == 50 else None  # noqa: PLR2004 - a page
    return render(
        request, "journeys/people.html", {"journey": found, "paths": paths, "step": step, "older": last}
    )


@require_safe
@staff
def try_it(request: StaffRequest, journey_id: int) -> HttpResponse:
    """What it would have done in the last days. Nothing is written or sent."""
    found = kept(request, journey_id)
    definition = defined(found)
    days = next((days for days in DAYS if str(days) == request.GET.get("days")), DAYS[0])
    now = timezone.now()
    context = {"journey": found, "days": days, "choices": DAYS}
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            run = dry_run(
                request.store, definition, journey_id=found.pk, since=now - timedelta(days=days), until=now
            )
    except OperationalError:
        return render(request, "journeys/dry_run.html", context | {"is_slow": True})
    language = get_language() or "en"
    own = names_of(request.store)
    busiest, most = run.busiest
    examples = run.would[-12:][::-1]
    names = Customer.objects.filter(store=request.store).in_bulk(
        {one.customer_id for one in examples} | {busiest}
    )
    context |= {
        "run": run,
        # A template that asks a Counter for its total is answered with the count of the word “total”: none.
        "messages_asked": run.messages.total(),
        "todos_asked": run.todos.total(),
        "said": [(_what(kind, language, own), count) for kind, count in run.messages.most_common()],
        "asked": [(task, count) for task, count in run.todos.most_common()],
        "endings": endings(run.endings),
        "chart": _chart(run.by_day(request.store)),
        "busiest": names.get(busiest),
        "most": most,
        "start": ", ".join(event(kind) for kind in definition.trigger.kinds),
        "examples": [
            (who, one, _what(one.what, language, own), _letter(one.what, who) if one.is_message else "")
            for one in examples
            if (who := names.get(one.customer_id))
        ],
    }
    return render(request, "journeys/dry_run.html", context)


def _chart(per_day: list[tuple[date, int]]) -> dict[str, object]:
    """Messages a day, or a week where there are many days."""
    size = 7 if len(per_day) > 40 else 1  # noqa: PLR2004 - columns that can still be told apart
    parts = [per_day[first : first + size] for first in range(0, len(per_day), size)]
    language, zone, now = get_language() or "en", timezone.get_current_timezone(), timezone.now()
    labels = [formats.short_day(part[0][0], language, zone, now) for part in parts]
    values = [sum(count for _, count in part) for part in parts]
    return {
        "title": _("Messages a week") if size > 1 else _("Messages a day"),
        "labels": labels,
        "series": [Series(_("Messages"), values, "one")],
    }


def _letter(what: str, customer: Customer) -> str:
    """Return where the letter can be read as this customer would have got it."""
    kind, template = parts_of(what)
    key = (
        Template.objects.filter(store=customer.store_id, pk=template or 0)
        .values_list("key", flat=True)
        .first()
    )
    return f"{reverse('templates:show', args=[key or kind])}?{urlencode({'person': customer.pk})}"


def _what(what: str, language: str, own: Names) -> str:
    return own.get(what) or word(what, language)
