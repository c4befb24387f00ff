"""What other systems told us: read, not understood, and read again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from passaparola.inbound import actions
from passaparola.inbound.models import Delivery
from passaparola.office import standing
from passaparola.office.queries import inbound as queries
from passaparola.stores.guard import StaffRequest, staff


@require_safe
@staff
def inbound(request: StaffRequest) -> HttpResponse:
    asked = request.GET.dict()
    page = queries.inbound_page(request.store, asked)
    context = {
        "page": page,
        "rows": [(delivery, standing.OUTCOMES[delivery.outcome]) for delivery in page.rows],
        "connections": request.store.connections.order_by("source"),
        "asked": asked,
        "failed": Delivery.objects.failed_of(request.store).count(),
    }
    return render(request, "office/inbound.html", context)


@require_safe
@staff
def delivery(request: StaffRequest, delivery_id: int) -> HttpResponse:
    ours = Delivery.objects.select_related("connection").filter(connection__store=request.store)
    found = get_object_or_404(ours, pk=delivery_id)
    context = {
        "delivery": found,
        "standing": standing.OUTCOMES[found.outcome],
        "body": queries.readable(bytes(found.body)),
    }
    return render(request, "office/delivery.html", context)


@require_POST
@staff
def replay(request: StaffRequest, delivery_id: int) -> HttpResponse:
    found = get_object_or_404(Delivery, connection__store=request.store, pk=delivery_id)
    actions.read_again([found.pk], now=timezone.now())
    messages.success(request, _("It waits in the queue again and is read in a moment."))
    return redirect("office:inbound-delivery", found.pk)


@require_POST
@staff
def replay_failed(request: StaffRequest) -> HttpResponse:
    failed = Delivery.objects.failed_of(request.store).values_list("pk", flat=True)
    count = actions.read_again(list(failed), now=timezone.now())
    said = ngettext("%(n)d delivery is read again.", "%(n)d deliveries are read again.", count)
    messages.success(request, said % {"n": count})
    return redirect("office:inbound")
