"""Delivered, but not here: a guided look, a timer, and then the team."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passaparola.account import actions
from passaparola.account.forms import MissingForm
from passaparola.account.guard import OrderRequest, below_order
from passaparola.account.missing import proof_of
from passaparola.account.models import Missing
from passaparola.tracking.models import Parcel


@require_http_methods(["GET", "HEAD", "POST"])
@below_order("missing/")
def missing(request: OrderRequest, token: str) -> HttpResponse:
    parcels = list(
        request.order.parcels.filter(delivered_at__isnull=False, cancelled_at=None).order_by("-delivered_at")
    )
    if not parcels:
        raise Http404
    found = Missing.objects.filter(order=request.order).select_related("parcel").first()
    form = MissingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (found or form.is_valid()):
        return _told(request, token, found, form, parcels)
    context = {
        "shell": request.shell,
        "shop": request.store,
        "form": form,
        "missing": found,
        "parcels": [proof_of(parcel) for parcel in parcels],
    }
    return render(request, "account/missing.html", context)


def _told(
    request: OrderRequest, token: str, found: Missing | None, form: MissingForm, parcels: list[Parcel]
) -> HttpResponse:
    if found is None:
        chosen = {str(parcel.pk): parcel for parcel in parcels}
        parcel = chosen.get(request.POST.get("parcel", ""), parcels[0])
        told = form.cleaned_data
        made = actions.say_missing(parcel, note=told["note"], is_urgent=told["signed"], now=request.now)
        said = (
            _("We are on it: one of us writes to you.")
            if made.told_at
            else _("Noted. Now look once more, and tell us here.")
        )
        messages.success(request, said)
    elif "found" in request.POST:
        actions.say_found(found, now=request.now)
        messages.success(request, _("How good. Thank you for telling us."))
    elif "team" in request.POST:
        actions.tell_team(found, now=request.now)
        messages.success(request, _("We are on it: one of us writes to you."))
    return redirect("account:missing", token)
