"""What journeys ask the team to do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.journeys import actions, queries
from passaparola.journeys.forms import DoneForm
from passaparola.journeys.models import ToDo
from passaparola.stores.guard import StaffRequest, staff

ICONS = {"call": "phone-call", "write": "pen-line", "card": "mail-plus", "check": "eye"}


@require_safe
@staff
def todos(request: StaffRequest) -> HttpResponse:
    which = request.GET.get("which", "open")
    language = get_language() or "en"
    now = timezone.now()
    rows = queries.todos(request.store, which=which, member_id=request.member.pk, now=now)
    shown = [(todo, todo.told(language), ICONS.get(todo.task, "circle-check")) for todo in rows]
    return render(
        request,
        "journeys/todos.html",
        {"todos": shown, "which": which, "form": DoneForm(), "now": now},
    )


@require_POST
@staff
def done(request: StaffRequest, todo_id: int) -> HttpResponse:
    todo = get_object_or_404(ToDo, store=request.store, pk=todo_id)
    form = DoneForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.finish(todo, by=request.member, note=note, now=timezone.now())
    messages.success(request, _("Done. It stands on the customer's page."))
    return redirect("journeys:todos")


@require_POST
@staff
def assign(request: StaffRequest, todo_id: int) -> HttpResponse:
    """Take it, or leave it to others again."""
    todo = get_object_or_404(ToDo, store=request.store, pk=todo_id)
    actions.assign(todo, to=None if todo.assignee_id == request.member.pk else request.member)
    return redirect("journeys:todos")
