"""The promises board, and the owner's page of standards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.promises import actions, figures, stating
from passaparola.promises.board import board as load
from passaparola.promises.forms import HoursForm, StandardsForm
from passaparola.promises.models import Promise
from passaparola.stores.guard import StaffRequest, owners, staff


@require_safe
@staff
def board(request: StaffRequest) -> HttpResponse:
    show, now = request.GET.get("show", ""), timezone.now()
    found = load(request.store, mine=request.member if show == "mine" else None, now=now)
    return render(request, "promises/board.html", {"board": found, "show": show, "now": now})


@require_POST
@staff
def keep(request: StaffRequest, promise_id: int) -> HttpResponse:
    found, now = _promise(request, promise_id), timezone.now()
    if found.follows:
        messages.error(request, _("What the carrier or the shop system tells decides that."))
        return _back(request)
    actions.keep([(found.store_id, found.key)], at=now, now=now)
    messages.success(request, _("Kept. Well done."))
    return _back(request)


@require_POST
@staff
def forgive(request: StaffRequest, promise_id: int) -> HttpResponse:
    found = _promise(request, promise_id)
    why = request.POST.get("why", "").strip()[:300]
    actions.forgive([(found.store_id, found.key)], by=request.member, why=why, now=timezone.now())
    messages.success(request, _("Let go."))
    return _back(request)


def _promise(request: StaffRequest, promise_id: int) -> Promise:
    return get_object_or_404(Promise, store=request.store, pk=promise_id)


def _back(request: StaffRequest) -> HttpResponse:
    """Return to the page it was done on, where that is one of ours."""
    there = request.POST.get("next", "")
    is_ours = there.startswith("/office/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return redirect(there if is_ours else "promises:board")


@require_safe
@owners
def standards(request: StaffRequest) -> HttpResponse:
    return _standards(request)


def _standards(request: StaffRequest, **forms: StandardsForm | HoursForm) -> HttpResponse:
    context = {
        "figures": figures.standards(request.store, now=timezone.now()),
        "standards_form": stating.standards_form(request.store),
        "hours_form": stating.hours_form(request.store),
        "wrong": next(iter(forms), ""),
    }
    return render(request, "promises/standards.html", context | forms, status=400 if forms else 200)


@require_POST
@owners
def state(request: StaffRequest) -> HttpResponse:
    form = StandardsForm(request.POST, auto_id="standard_%s")
    if not form.is_valid():
        return _standards(request, standards_form=form)
    for kind, amount in form.cleaned_data.items():
        actions.set_standard(request.store, kind=kind, amount=amount, now=timezone.now())
    messages.success(request, _("Noted. From now on this is what you promise."))
    return redirect("promises:standards")


@require_POST
@owners
def hours(request: StaffRequest) -> HttpResponse:
    form = HoursForm(request.POST, auto_id="hours_%s")
    if not form.is_valid():
        return _standards(request, hours_form=form)
    actions.set_hours(request.store, week=form.week(), closed=form.cleaned_data["closed"])
    messages.success(request, _("Noted. Promises count these hours."))
    return redirect("promises:standards")
