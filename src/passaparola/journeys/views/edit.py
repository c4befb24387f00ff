"""Changing a journey: its steps, or the whole as text. Every change is a version of its own."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.journeys import actions, meanwhile, queries, source, stepform
from passaparola.journeys.forms import SourceForm
from passaparola.journeys.models import Journey, Version
from passaparola.journeys.rules import editing
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.step import STEPS
from passaparola.journeys.views.journeys import defined, document_of, kept
from passaparola.journeys.views.start import is_busy, looks
from passaparola.journeys.words import words_of
from passaparola.journeys.wrong import told_in_form
from passaparola.segments.builder import told
from passaparola.stores.guard import StaffRequest, owners, staff


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


@require_safe
@owners
def choose_step(request: StaffRequest, journey_id: int) -> HttpResponse:
    """Which kind of step comes there."""
    found = kept(request, journey_id)
    place = {"after": request.GET.get("after", "")[:40], "way": request.GET.get("way", "next")[:40]}
    kinds = sorted(((key, words_of(key)) for key in STEPS), key=lambda pair: pair[1].rank)
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
        "under_way": is_busy(found),
    }
    if request.method != "POST":
        fields = stepform.shown(kind, {}, store=request.store, definition=definition)
        return _form(request, context, fields)
    fields = stepform.shown(kind, {}, request.POST, store=request.store, definition=definition)
    if not looks(request):
        step = {"id": editing.fresh_id(definition, kind)} | stepform.sent(kind, request.POST)
        try:
            _save(request, found, editing.add(document_of(found), definition, step, after=after, way=way))
        except DocumentError as error:
            return _form(request, context, fields, error)
        messages.success(request, _("The step is in its place."))
        return _back_to(found, step["id"])
    return _form(request, context, fields)


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
        "under_way": is_busy(found), "outcomes": queries.outcomes(found, step_id, timezone.now()),
    }  # fmt: skip
    shown = partial(stepform.shown, placed.kind, placed.settings, store=request.store, definition=definition)
    if request.method != "POST":
        return _form(request, context, shown())
    fields = shown(request.POST)
    if not looks(request):
        theirs = meanwhile.saved_since(request.POST, found, lambda one: one.steps.get(step_id))
        if theirs:
            return _form(request, context | {"before_us": theirs}, fields)
        tree = stepform.sent(placed.kind, request.POST) | {"next": _ways(request)}
        try:
            _save(request, found, editing.replace(document_of(found), definition, step_id, tree))
        except DocumentError as error:
            return _form(request, context, fields, error)
        messages.success(request, _("Kept as a new version."))
        return _back_to(found, step_id)
    return _form(request, context, fields)


def _back_to(journey: Journey, step_id: str) -> HttpResponse:
    """To the step's place in the picture: on a phone, and with the keyboard, one goes on from there."""
    return redirect(f"{reverse('journeys:journey', args=[journey.pk])}#step-{step_id}")


def _ways(request: StaffRequest) -> dict[str, str]:
    return {key.removeprefix("way-"): str(to) for key, to in request.POST.items() if key.startswith("way-")}


def _form(
    request: StaffRequest,
    context: dict[str, Any],
    fields: list[stepform.Shown],
    error: DocumentError | None = None,
) -> HttpResponse:
    """Show the step's form; what is wrong stands beside the condition's row where it is one's."""
    if error:
        stepform.point_at(fields, error)
        titles = stepform.titles_of(defined(context["journey"]), request.store)
        context |= {"error": told_in_form(error, context["words"].settings, titles)}
    if request.method == "POST":
        context |= {"name": request.POST.get("name", ""), "made_from": meanwhile.made_from(request.POST)}
    is_more_open = bool(context.get("name")) or any(field.is_rare and field.is_set for field in fields)
    context |= {"fields": fields, "is_more_open": is_more_open or bool(error)}
    return render(request, "journeys/step.html", context)


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
        _save(request, found, verb(document_of(found), definition, step_id))
    except DocumentError as error:
        messages.error(request, told(error))
    return _back_to(found, step_id)


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def as_text(request: StaffRequest, journey_id: int) -> HttpResponse:
    """The whole journey as YAML; what is wrong is said at its line."""
    found = kept(request, journey_id)
    if request.method != "POST":
        old = _version(request, found)
        form = SourceForm(initial={"source": source.write(old.document if old else document_of(found))})
        return render(request, "journeys/source.html", {"journey": found, "form": form, "old": old})
    form = SourceForm(request.POST)
    context: dict[str, Any] = {"journey": found, "form": form, "made_from": meanwhile.made_from(request.POST)}
    if theirs := meanwhile.saved_since(request.POST, found, meanwhile.whole):
        return render(request, "journeys/source.html", context | {"before_us": theirs})
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


def _version(request: StaffRequest, journey: Journey) -> Version | None:
    """The earlier version that somebody wants to read, or to go back to."""
    number = request.GET.get("version", "")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:  # noqa: PLR2004 - digits
        return None
    return get_object_or_404(journey.versions.exclude(pk=journey.live_id or 0), number=int(number))


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
    answer = HttpResponse(source.write(document_of(found)), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.key}.yaml"'
    return answer
