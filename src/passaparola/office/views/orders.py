"""Orders: the list, one of them, and what the team does with its parcels."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.office.forms.orders import CarrierForm, ScanForm
from passaparola.office.queries import one_order
from passaparola.office.queries.orders import orders_page, standing_of
from passaparola.orders.models import Order
from passaparola.stores.guard import StaffRequest, staff
from passaparola.tracking import actions
from passaparola.tracking.models import Parcel


@require_safe
@staff
def orders(request: StaffRequest) -> HttpResponse:
    asked = request.GET.dict()
    now = timezone.now()
    page = orders_page(request.store, asked, now=now)
    rows = standing_of(page.rows, request.store, now=now)
    context = {"page": page, "rows": rows, "q": asked.get("q", ""), "standing": asked.get("standing", "")}
    return render(request, "office/orders.html", context)


@require_safe
@staff
def order(request: StaffRequest, order_id: int) -> HttpResponse:
    return render_order(request, order_id)


def render_order(request: StaffRequest, order_id: int, **forms: CarrierForm | ScanForm) -> HttpResponse:
    """The order's page; with a form that was filled in wrongly, shown open at its parcel."""
    now = timezone.now()
    get_object_or_404(Order, store=request.store, pk=order_id)
    shown = one_order.show(request.store, order_id, language=get_language() or "en", now=now)
    context = {
        "shown": shown,
        "order": shown.order,
        "carrier_form": forms.get("carrier_form") or CarrierForm(),
        "scan_form": forms.get("scan_form") or ScanForm(zone=request.store.zone, now=now),
        "wrong": next(iter(forms), ""),
    }
    return render(request, "office/order.html", context, status=400 if forms else 200)


@require_POST
@staff
def choose_carrier(request: StaffRequest, order_id: int, parcel_id: int) -> HttpResponse:
    parcel = _parcel(request, order_id, parcel_id)
    form = CarrierForm(request.POST, parcel=parcel_id)
    if not form.is_valid() or parcel.tracker is None:
        return render_order(request, order_id, carrier_form=form)
    carrier = form.cleaned_data["carrier"]
    actions.choose_carrier(parcel.tracker, carrier=carrier, by=request.member, now=timezone.now())
    name = one_order.carrier_name(carrier)
    messages.success(request, _("Noted: %(carrier)s brings this parcel.") % {"carrier": name})
    return redirect("office:order", order_id)


@require_POST
@staff
def type_scan(request: StaffRequest, order_id: int, parcel_id: int) -> HttpResponse:
    parcel, now = _parcel(request, order_id, parcel_id), timezone.now()
    form = ScanForm(request.POST, zone=request.store.zone, now=now, parcel=parcel_id)
    if not form.is_valid():
        return render_order(request, order_id, scan_form=form)
    actions.type_scan(parcel, **form.scan(), now=now)
    messages.success(request, _("Noted. The customer’s page shows it already."))
    return redirect("office:order", order_id)


def _parcel(request: StaffRequest, order_id: int, parcel_id: int) -> Parcel:
    ours = Parcel.objects.select_related("tracker", "news")
    return get_object_or_404(ours, store=request.store, order=order_id, pk=parcel_id)
