"""How we speak: shown with its effect on the last months before anybody keeps it."""

from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passaparola.messages import actions
from passaparola.messages.effect import effect, names_of
from passaparola.messages.forms.policy import PolicyForm, filled
from passaparola.messages.models import SpeakingPolicy
from passaparola.messages.policies import policy_from
from passaparola.stores.guard import StaffRequest, owners


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def policy(request: StaffRequest) -> HttpResponse:
    """Show it; try another one; keep it, where the button said so."""
    row = SpeakingPolicy.objects.filter(store=request.store).first()
    now_policy = policy_from(request.store, row)
    form = PolicyForm(request.POST or None, initial=filled(now_policy))
    context: dict[str, Any] = {"form": form, "row": row}
    if request.method != "POST":
        return render(request, "messages/policy.html", context)
    if not form.is_valid():
        return render(request, "messages/policy.html", context, status=400)
    if request.POST.get("do") == "keep":
        actions.keep_policy(request.store, chosen=form.chosen(), by=request.member, now=timezone.now())
        flash.success(request, _("Kept. From now on we speak like this."))
        return redirect("messages:policy")
    found = effect(request.store, now_policy, form.chosen().as_policy(), timezone.now())
    names = names_of(found, request.store)
    context |= {
        "effect": found,
        "busiest_before": names.get(found.before.busiest or 0),
        "busiest_after": names.get(found.after.busiest or 0),
    }
    return render(request, "messages/policy.html", context)
