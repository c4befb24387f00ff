"""Segments: the list, and the builder with its live count."""

from collections.abc import Mapping
from typing import Any

import yaml
from django.contrib import messages
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.segments import actions, builder, queries
from passaparola.segments.forms import NameForm
from passaparola.segments.models import Segment
from passaparola.segments.rules.condition import EVERYBODY, Condition, ConditionError, write
from passaparola.segments.source import read_text
from passaparola.segments.words import told
from passaparola.stores.guard import StaffRequest, staff

SECONDS = 8
"""How long a count may take while somebody waits for a page."""


@require_safe
@staff
def segments(request: StaffRequest) -> HttpResponse:
    shown = [
        (segment, _words(segment)) for segment in Segment.objects.filter(store=request.store).order_by("name")
    ]
    return render(request, "segments/list.html", {"segments": shown})


def _words(segment: Segment) -> str:
    try:
        return told(queries.read(segment.condition))
    except ConditionError as error:
        return builder.told(error)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new(request: StaffRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def segment(request: StaffRequest, segment_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Segment, store=request.store, pk=segment_id))


@require_POST
@staff
def delete(request: StaffRequest, segment_id: int) -> HttpResponse:
    actions.delete(get_object_or_404(Segment, store=request.store, pk=segment_id))
    messages.success(request, _("The segment is gone. Nobody of it is."))
    return redirect("segments:segments")


@require_POST
@staff
def preview(request: StaffRequest) -> HttpResponse:
    """The builder as it stands now, with how many it means: asked for at every change."""
    return render(request, "segments/edit.html#builder", _asked(request, request.POST.dict(), None)[0])


def _edit(request: StaffRequest, kept: Segment | None) -> HttpResponse:
    if request.method == "POST":
        context, condition = _asked(request, request.POST.dict(), kept)
        form = NameForm(request.POST)
        if request.POST.get("do", "save") == "save" and condition is not None and form.is_valid():
            try:
                actions.save(
                    request.store,
                    name=form.cleaned_data["name"],
                    condition=condition,
                    by=request.member,
                    now=timezone.now(),
                    segment=kept,
                )
            except actions.NameTakenError:
                form.add_error("name", _("There is a segment of this name already."))
            else:
                messages.success(request, _("Kept. Who is meant is asked anew each time."))
                return redirect("segments:segments")
        elif request.POST.get("do", "save") != "save":
            form = NameForm(initial={"name": request.POST.get("name", "")})
        return render(request, "segments/edit.html", context | {"form": form})
    context = _kept(request, kept)
    return render(
        request,
        "segments/edit.html",
        context | {"form": NameForm(initial={"name": kept.name if kept else ""})},
    )


def _kept(request: StaffRequest, kept: Segment | None) -> dict[str, Any]:
    try:
        condition = queries.read(kept.condition) if kept else EVERYBODY
    except ConditionError as error:
        text = yaml.safe_dump(kept.condition, sort_keys=False, allow_unicode=True) if kept else ""
        return {"kept": kept, "text": text, "text_error": builder.told(error)}
    shown = None if request.GET.get("as") == "text" else builder.of_condition(condition)
    context: dict[str, Any] = {"kept": kept, "builder": shown} | _meant(request, condition)
    if shown is None:
        context["text"] = yaml.safe_dump(write(condition), sort_keys=False, allow_unicode=True)
    return context


def _asked(
    request: StaffRequest, data: Mapping[str, str], kept: Segment | None
) -> tuple[dict[str, Any], Condition | None]:
    """Read what was sent, as rows or as text; return what the page shows, and the condition if it is one."""
    if "text" in data:
        return _asked_as_text(request, data["text"], kept)
    shown = builder.of_form(data)
    context: dict[str, Any] = {"kept": kept, "builder": shown}
    so_far = data.get("do", "save") != "save" or "HX-Request" in request.headers
    try:
        condition = queries.read(shown.so_far if so_far else shown.tree)
    except ConditionError as error:
        builder.point_out(shown, error, so_far=so_far)
        return context, None
    return context | _meant(request, condition), condition


def _asked_as_text(
    request: StaffRequest, text: str, kept: Segment | None
) -> tuple[dict[str, Any], Condition | None]:
    context: dict[str, Any] = {"kept": kept, "text": text}
    try:
        condition = queries.read(read_text(text))
    except ConditionError as error:
        where = builder.place(error.where)
        return context | {
            "text_error": f"{where}: {builder.told(error)}" if where else builder.told(error)
        }, None
    except (yaml.YAMLError, RecursionError, ValueError):
        return context | {"text_error": _("This is no YAML.")}, None
    return context | _meant(request, condition), condition


def _meant(request: StaffRequest, condition: Condition) -> dict[str, Any]:
    """How many it is true of now, and five of them."""
    now = timezone.now()
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            count, examples = queries.meant(request.store, condition, now)
    except OperationalError:
        return {"is_slow": True, "words": told(condition)}
    return {"count": count, "examples": examples, "words": told(condition)}
