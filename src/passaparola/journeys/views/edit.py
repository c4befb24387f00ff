"""Changing a journey: its start, its steps, or the whole as text. Every change is a version of its own."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.journeys import actions, source, stepform
from passaparola.journeys.forms import SourceForm, StartForm, initial
from passaparola.journeys.models import Journey
from passaparola.journeys.rules import editing
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.step import STEPS
from passaparola.journeys.views.journeys import defined, kept
from passaparola.journeys.words import words_of
from passaparola.segments import builder
from passaparola.segments.builder import told
from passaparola.segments.rules.condition import EVERYBODY
from passaparola.stores.guard import StaffRequest, owners, staff

NEW: dict[str, Any] = {
    "trigger": {"on": "OrderDelivered"},
    "again": "order",
    "exits": [{"on": ["OrderCancelled", "OrderRefunded"]}],
    "steps": [{"id": "wait", "kind": "wait", "for": "1 day", "between": "10:00-18:00"}],
}


def _save(request: StaffRequest, journey: Journey, document: Mapping[str, Any]) -> None:
    """Raises DocumentError."""
    moves = request.POST.get("moves") == "yes"
    actions.save(
        request.store,
        key=journey.key,
        document=dict(document),
        by=request.member,
        now=timezone.now(),
        moves_people=moves,
    )


def _document(journey: Journey) -> dict[str, Any]:
    if journey.live is None:
        raise Http404
    return dict(journey.live.document)


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def new(request: StaffRequest) -> HttpResponse:
    """A journey begins with who enters it, and one wait."""
    if request.method != "POST":
        first = {"on": "OrderDelivered", "again": "order", "exits": ["OrderCancelled", "OrderRefunded"]}
        context = {"form": StartForm(initial=first), "builder": builder.of_condition(EVERYBODY)}
        return render(request, "journeys/start.html", context)
    return _start(request, None, NEW)


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def start(request: StaffRequest, journey_id: int) -> HttpResponse:
    found = kept(request, journey_id)
    if request.method == "POST":
        return _start(request, found, _document(found))
    definition = defined(found)
    shown = builder.of_condition(definition.trigger.condition)
    context = {"journey": found, "form": StartForm(initial=initial(definition)), "builder": shown}
    return render(request, "journeys/start.html", context)


def _start(request: StaffRequest, found: Journey | None, before: dict[str, Any]) -> HttpResponse:
    shown = builder.of_form(request.POST) if "if-join" in request.POST else None
    form = StartForm(request.POST)
    context: dict[str, Any] = {"journey": found, "form": form, "builder": shown}
    if request.POST.get("do", "save") != "save":
        context["form"] = StartForm(initial=request.POST.dict() | {"exits": request.POST.getlist("exits")})
        return render(request, "journeys/start.html", context)
    if form.is_valid():
        kept_if = before["trigger"].get("if") if isinstance(before["trigger"], dict) else None
        tree = shown.tree if shown and shown.rows else None if shown else kept_if
        document = form.document(tree, before)
        try:
            if found is None:
                found = _made(request, document)
            else:
                _save(request, found, document)
        except DocumentError as error:
            if shown and error.where[:2] == ("trigger", "if"):
                builder.point_out(shown, error)
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Kept as a new version."))
            return redirect("journeys:journey", found.pk)
    return render(request, "journeys/start.html", context)


def _made(request: StaffRequest, document: dict[str, Any]) -> Journey:
    stem = re.sub(r"[^a-z0-9]+", "_", document["name"].lower()).strip("_")[:50] or "journey"
    taken = set(Journey.objects.filter(store=request.store).values_list("key", flat=True))
    key = next(
        key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}_{n}") not in taken
    )
    return actions.save(
        request.store, key=key, document=document, by=request.member, now=timezone.now()
    ).journey


@require_safe
@owners
def choose_step(request: StaffRequest, journey_id: int) -> HttpResponse:
    """Which kind of step comes there."""
    found = kept(request, journey_id)
    place = {"after": request.GET.get("after", "")[:40], "way": request.GET.get("way", "next")[:40]}
    kinds = [(key, words_of(key)) for key in STEPS]
    return render(request, "journeys/choose_step.html", {"journey": found, "kinds": kinds, **place})


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def new_step(request: StaffRequest, journey_id: int, kind: str) -> HttpResponse:
    found = kept(request, journey_id)
    if kind not in STEPS:
        raise Http404
    definition = defined(found)
    asked = request.POST if request.method == "POST" else request.GET
    after, way = asked.get("after", ""), asked.get("way", "next")
    if after and (after not in definition.steps or way not in definition.steps[after].ways):
        raise Http404
    context: dict[str, Any] = {
        "journey": found,
        "kind": kind,
        "words": words_of(kind),
        "after": after,
        "way": way,
    }
    if request.method != "POST":
        return render(
            request, "journeys/step.html", context | {"fields": stepform.shown(kind, {}, store=request.store)}
        )
    fields = stepform.shown(kind, {}, request.POST, store=request.store)
    if request.POST.get("do", "save") == "save":
        step = {"id": editing.fresh_id(definition, kind)} | stepform.sent(kind, request.POST)
        try:
            _save(request, found, editing.add(_document(found), definition, step, after=after, way=way))
        except DocumentError as error:
            return render(request, "journeys/step.html", context | _wrong(fields, error, request))
        messages.success(request, _("The step is in its place."))
        return redirect("journeys:journey", found.pk)
    return render(
        request, "journeys/step.html", context | {"fields": fields, "name": request.POST.get("name", "")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def step(request: StaffRequest, journey_id: int, step_id: str) -> HttpResponse:
    found = kept(request, journey_id)
    definition = defined(found)
    if step_id not in definition.steps:
        raise Http404
    placed = definition.steps[step_id]
    context: dict[str, Any] = {
        "journey": found, "kind": placed.kind, "words": words_of(placed.kind), "placed": placed,
        "ways": stepform.ways(definition, placed, request.store), "name": placed.name,
    }  # fmt: skip
    if request.method != "POST":
        return render(
            request,
            "journeys/step.html",
            context | {"fields": stepform.shown(placed.kind, placed.settings, store=request.store)},
        )
    fields = stepform.shown(placed.kind, placed.settings, request.POST, store=request.store)
    if request.POST.get("do", "save") == "save":
        tree = stepform.sent(placed.kind, request.POST) | {"next": _ways(request)}
        try:
            _save(request, found, editing.replace(_document(found), definition, step_id, tree))
        except DocumentError as error:
            return render(request, "journeys/step.html", context | _wrong(fields, error, request))
        messages.success(request, _("Kept as a new version."))
        return redirect("journeys:journey", found.pk)
    return render(
        request, "journeys/step.html", context | {"fields": fields, "name": request.POST.get("name", "")}
    )


def _ways(request: StaffRequest) -> dict[str, str]:
    return {key.removeprefix("way-"): str(to) for key, to in request.POST.items() if key.startswith("way-")}


def _wrong(fields: list[stepform.Shown], error: DocumentError, request: StaffRequest) -> dict[str, Any]:
    """What is wrong, beside the condition's row where it is one's."""
    for field in fields:
        if field.builder and field.key in error.where:
            inner = error.where[error.where.index(field.key) + 1 :]
            builder.point_out(field.builder, DocumentError(error.template, inner, **error.params))
    return {"fields": fields, "error": told(error), "name": request.POST.get("name", "")}


@require_POST
@owners
def move_step(request: StaffRequest, journey_id: int, step_id: str) -> HttpResponse:
    """Up, down, or out."""
    found = kept(request, journey_id)
    definition = defined(found)
    if step_id not in definition.steps:
        raise Http404
    verbs = {"up": editing.move_up, "down": editing.move_down, "remove": editing.remove}
    verb = verbs.get(request.POST.get("to", ""))
    if verb is None:
        raise Http404
    if verb is editing.remove and len(definition.steps) == 1:
        messages.warning(request, _("This is the only step: a journey has at least one."))
        return redirect("journeys:journey", found.pk)
    try:
        _save(request, found, verb(_document(found), definition, step_id))
    except DocumentError as error:
        messages.error(request, told(error))
    return redirect("journeys:journey", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def as_text(request: StaffRequest, journey_id: int) -> HttpResponse:
    """The whole journey as YAML; what is wrong is said at its line."""
    found = kept(request, journey_id)
    if request.method != "POST":
        form = SourceForm(initial={"source": source.write(_document(found))})
        return render(request, "journeys/source.html", {"journey": found, "form": form})
    form = SourceForm(request.POST)
    context: dict[str, Any] = {"journey": found, "form": form}
    if form.is_valid():
        text = form.cleaned_data["source"]
        try:
            _save(request, found, source.read(text))
        except DocumentError as error:
            line = (
                source.line_of(text, error.where) if _can_be_read(text) or error.where[:1] == ("line",) else 1
            )
            context |= {"line": line, "wrong": told(error), "excerpt": _around(text, line)}
            return render(request, "journeys/source.html", context)
        except (TypeError, ValueError):
            context |= {
                "line": 1,
                "wrong": _("A journey has a name, a trigger and steps."),
                "excerpt": _around(text, 1),
            }
            return render(request, "journeys/source.html", context)
        messages.success(request, _("Kept as a new version."))
        return redirect("journeys:journey", found.pk)
    return render(request, "journeys/source.html", context)


def _can_be_read(text: str) -> bool:
    try:
        source.read(text)
    except DocumentError:
        return False
    return True


def _around(text: str, line: int) -> list[tuple[int, str, bool]]:
    lines = text.splitlines() or [""]
    return [(n, lines[n - 1], n == line) for n in range(max(1, line - 2), min(len(lines), line + 2) + 1)]


@require_safe
@staff
def export(request: StaffRequest, journey_id: int) -> HttpResponse:
    """The file that `passaparola journeys import` reads."""
    found = kept(request, journey_id)
    answer = HttpResponse(source.write(_document(found)), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.key}.yaml"'
    return answer
