"""The owner's pages: rules, reasons, and what they would mean for one order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passaparola.orders.models import Order
from passaparola.returns import actions, desk, reading
from passaparola.returns.actions import CannotError
from passaparola.returns.forms.policies import PolicyForm, ReasonForm, SettingsForm
from passaparola.returns.models import Policy, Settings
from passaparola.returns.rules.policy import USUAL, No
from passaparola.returns.standing import standing_of
from passaparola.returns.words import NOS
from passaparola.stores.guard import StaffRequest, owners


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def policies(request: StaffRequest) -> HttpResponse:
    """All rules in their order, what holds for all of them, and a preview for any order."""
    settings = Settings.objects.of(request.store)
    form = SettingsForm(request.POST or None, instance=settings)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds for returns from now on."))
        return redirect("returns:policies")
    number = reading.said(request.GET, "order", 60).strip().lstrip("#")
    context = {
        "policies": desk.policy_rows(request.store),
        "usual": USUAL,
        "form": form,
        "reason_form": ReasonForm(),
        "own": [reason for reason in settings.own_reasons if not reason.get("is_off")],
        "number": number,
        "preview": preview(request, number) if number else None,
    }
    return render(request, "returns/policies.html", context, status=400 if form.errors else 200)


def preview(request: StaffRequest, number: str) -> dict[str, Any] | None:
    """What the rules mean for an order, line by line."""
    order = (
        Order.objects.real()
        .select_related("store")
        .filter(store=request.store, number__iexact=number)
        .first()
    )
    if order is None:
        return {"order": None}
    standing = standing_of(order, now=timezone.now())
    lines = [
        {
            "line": one.line,
            "policy": one.verdict.policy,
            "no": NOS[No(one.verdict.no)] if one.verdict.no else "",
            "until": one.verdict.until,
            "worth": one.worth(one.left),
            "left": one.left,
        }
        for one in standing.lines
    ]
    return {"order": order, "lines": lines, "left": standing.paid.left, "withdraw": standing.withdraw_until}


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def add(request: StaffRequest) -> HttpResponse:
    return _edit(request, Policy(store=request.store, resolutions=["refund"], ways=["label", "own"]))


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Policy, store=request.store, pk=pk))


def _edit(request: StaffRequest, policy: Policy) -> HttpResponse:
    form, problem = PolicyForm(request.POST or None, instance=policy), ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_policy(form.instance, store=request.store) if policy.pk is None else form.save()
        except CannotError as error:
            problem = str(error)
        else:
            messages.success(request, _("Saved. It holds for returns from now on."))
            return redirect("returns:policies")
    context = {"form": form, "policy": policy, "problem": problem}
    return render(request, "returns/policy.html", context, status=400 if form.errors or problem else 200)


@require_POST
@owners
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    policy = get_object_or_404(Policy, store=request.store, pk=pk)
    policy.delete()
    messages.success(request, _("Removed. Returns that were filed under it keep what they were told."))
    return redirect("returns:policies")


@require_POST
@owners
def add_reason(request: StaffRequest) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.add_reason(request.store, **form.cleaned_data)
            messages.success(request, _("Saved. It holds for returns from now on."))
        except CannotError as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Write the reason in both languages."))
    return redirect("returns:policies")


@require_POST
@owners
def drop_reason(request: StaffRequest) -> HttpResponse:
    actions.drop_reason(request.store, key=request.POST.get("key", "")[:60])
    messages.success(request, _("Offered no more."))
    return redirect("returns:policies")
