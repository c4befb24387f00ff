"""The team's answer to what a customer asked of an order."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passaparola.account import actions
from passaparola.account.models import ChangeRequest
from passaparola.stores.guard import StaffRequest, staff


@require_POST
@staff
def decide(request: StaffRequest, change_id: int) -> HttpResponse:
    found = get_object_or_404(
        ChangeRequest.objects.select_related("order"), store=request.store, pk=change_id
    )
    is_granted = request.POST.get("decision") == "yes"
    answer = request.POST.get("answer", "")
    if not is_granted and not answer.strip():
        messages.error(request, _("Say why not: the customer reads it."))
    elif actions.decide_change(
        found, is_granted=is_granted, answer=answer, by=request.member, now=timezone.now()
    ):
        messages.success(request, _("Noted. We write to the customer."))
    else:
        messages.info(request, _("Somebody has answered already."))
    return redirect("office:order", found.order_id)
