"""Where a journey begins and ends: who enters it, with those who would have entered shown while it is typed."""

import re
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passaparola.customers.models import Customer
from passaparola.journeys import actions, listenform, meanwhile
from passaparola.journeys.dry_run import entering
from passaparola.journeys.forms import StartForm, initial
from passaparola.journeys.known import known
from passaparola.journeys.models import Enrolment, Journey
from passaparola.journeys.rules import editing
from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.views.journeys import defined, document_of, kept
from passaparola.journeys.wrong import told_in_form
from passaparola.segments import builder
from passaparola.segments.choices import told_by
from passaparola.stores.guard import StaffRequest, owners

NEW: dict[str, Any] = {
    "trigger": {"on": "OrderDelivered"},
    "again": "order",
    "exits": [{"on": ["OrderCancelled", "OrderRefunded"]}],
    "steps": [{"id": "wait", "kind": "wait", "for": "1 day", "between": "10:00-18:00"}],
}
"""What a journey begins with: who enters it, and one wait."""
LOOKS_BACK = timedelta(days=30)
COUNTED = "asked"
"""The part of the page that counts who enters: what changes elsewhere counts nobody anew."""
SECONDS = 8
"""How long a count may take while somebody waits for the page."""
ONCE = re.compile(r"[\w-]{1,40}", re.ASCII)
"""The word of a form that makes a journey: with it, saving it again means the journey it made."""
Context = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def new(request: StaffRequest) -> HttpResponse:
    """The word stands in the address, so that it is the same when the browser goes back to it."""
    made = Journey.objects.filter(store=request.store, once=_once(request)).select_related("live").first()
    if request.method == "POST":
        return _typed(request, made, document_of(made) if made else NEW)
    if made and made.archived_at is None:
        return redirect("journeys:journey-start", made.pk)
    return _filled(request, None, NEW)


def _once(request: StaffRequest) -> str:
    word = request.POST.get("once") or request.GET.get("once", "")
    return word if ONCE.fullmatch(word) else token_urlsafe(12)


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def start(request: StaffRequest, journey_id: int) -> HttpResponse:
    found = kept(request, journey_id)
    if request.method == "POST":
        return _typed(request, found, document_of(found))
    defined(found)
    return _filled(request, found, document_of(found))


def looks(request: StaffRequest) -> bool:
    """Tell whether the page only wants to be shown again, with what fits what was chosen."""
    return request.POST.get("do", "save") != "save" or "HX-Request" in request.headers


def is_busy(journey: Journey | None) -> bool:
    return bool(journey and Enrolment.objects.under_way().filter(journey=journey).exists())


def _filled(request: StaffRequest, found: Journey | None, document: Context) -> HttpResponse:
    definition = define(document | ({} if found else {"name": "…"}), known=known())
    shown = builder.of_condition(definition.trigger.condition, more_fields=told_by(definition.trigger.kinds))
    given = initial(definition) | ({} if found else {"name": ""})
    endings = listenform.of_definition(definition, request.store)
    context = {"form": StartForm(initial=given), "builder": shown, "endings": endings}
    return _page(request, found, context | _entering(request, found, document))


def _typed(request: StaffRequest, found: Journey | None, before: Context) -> HttpResponse:
    form = StartForm(request.POST)
    is_right = form.is_valid()
    kinds = [form.cleaned_data["on"]] if "on" in form.cleaned_data else []
    is_shown = "if-join" in request.POST
    shown = builder.of_form(request.POST, more_fields=told_by(kinds)) if is_shown else None
    kept_if = before["trigger"].get("if") if isinstance(before["trigger"], dict) else None
    tree = (shown.tree if shown.rows else None) if shown else kept_if
    endings = listenform.of_form(request.POST, request.store, kinds)
    context: Context = {"form": form, "builder": shown, "endings": endings}
    if looks(request):
        tree = shown.so_far if shown else kept_if
        context["form"] = StartForm(initial=request.POST.dict())
        if request.headers.get("HX-Target", COUNTED) == COUNTED:
            context |= _entering(request, found, form.entry(tree, before), shown)
        return _page(request, found, context)
    before_us = meanwhile.saved_since(request.POST, found, meanwhile.beginning) if found else None
    if before_us:
        context |= {"before_us": before_us}
    elif is_right:
        document = editing.end(form.document(tree, before), *listenform.sent(request.POST))
        try:
            listenform.check(document, before)
            saved = _saved(request, found, document)
        except DocumentError as error:
            if shown and error.where[:2] == ("trigger", "if"):
                builder.point_out(shown, error)
            endings.point_at(error)
            form.add_error(None, told_in_form(error, listenform.WORDS.settings))
        else:
            return redirect("journeys:journey", saved.pk)
    return _page(request, found, context)


def _page(request: StaffRequest, found: Journey | None, context: Context) -> HttpResponse:
    context |= {"journey": found, "under_way": is_busy(found), "made_from": meanwhile.made_from(request.POST)}
    if found is None or "once" in request.POST:
        context |= {"once": _once(request)}
    return render(request, "journeys/start.html", context)


def _entering(
    request: StaffRequest, found: Journey | None, document: Context, shown: builder.Builder | None = None
) -> Context:
    """Who would have entered in the last days; nothing where it can't be read yet."""
    now = timezone.now()
    try:
        definition = define({"name": "…"} | document, known=known(request.store))
    except DocumentError as error:
        if shown and error.where[:2] == ("trigger", "if"):
            builder.point_out(shown, error, so_far=True)
        return {}
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            pk = found.pk if found else 0
            would = entering(request.store, definition, journey_id=pk, since=now - LOOKS_BACK, until=now)
    except OperationalError:
        return {"is_slow": True}
    people = Customer.objects.filter(store=request.store).in_bulk({one.customer_id for one in would.newest})
    examples = [(people[one.customer_id], one.now) for one in would.newest if one.customer_id in people]
    return {"would": would, "examples": examples}


def _saved(request: StaffRequest, found: Journey | None, document: Context) -> Journey:
    """Raises DocumentError."""
    saved = actions.save(
        request.store,
        key=found.key if found else _free_key(request, document["name"]),
        document=document,
        by=request.member,
        now=timezone.now(),
        moves_people=request.POST.get("moves") == "yes",
        once="" if found else _once(request),
    ).journey
    if found is None:
        messages.success(request, _("It is there, and still off. Press + where a step should come."))
    elif request.POST.get("once"):
        messages.success(request, _("This journey was made before: it is kept as a new version of it."))
    else:
        messages.success(request, _("Kept as a new version."))
    return saved


def _free_key(request: StaffRequest, name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:50] or "journey"
    taken = set(Journey.objects.filter(store=request.store).values_list("key", flat=True))
    return next(
        key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}_{n}") not in taken
    )
