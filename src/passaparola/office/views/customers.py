"""Customers: the list, one of them, and who is the same person as whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.customers import actions
from passaparola.customers.models import Customer, Merge
from passaparola.office.paging import as_id
from passaparola.office.queries import customers as queries
from passaparola.stores.guard import StaffRequest, staff


@require_safe
@staff
def customers(request: StaffRequest) -> HttpResponse:
    asked = request.GET.dict()
    page = queries.customers_page(request.store, asked)
    context = {"page": page, "q": asked.get("q", ""), "circle": asked.get("circle", "")}
    return render(request, "office/customers.html", context)


@require_safe
@staff
def customer(request: StaffRequest, customer_id: int) -> HttpResponse:
    """Links in old mails and notes may name a record that was merged since: they lead to the person."""
    found = get_object_or_404(Customer, store=request.store, pk=customer_id)
    if found.merged_into_id:
        return redirect("office:customer", found.merged_into_id)
    shown = queries.show(request.store, customer_id, language=get_language() or "en", now=timezone.now())
    return render(request, "office/customer.html", {"shown": shown, "customer": shown.customer})


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def merge(request: StaffRequest, customer_id: int) -> HttpResponse:
    one = get_object_or_404(Customer, store=request.store, pk=customer_id, merged_into=None)
    if request.method == "POST":
        chosen = request.POST.get("other", "")
        ours = Customer.objects.filter(store=request.store, merged_into=None).exclude(pk=one.pk)
        other = get_object_or_404(ours, pk=as_id(chosen))
        actions.merge(one, other=other, by=request.member, now=timezone.now())
        messages.success(request, _("Noted: they are one person. You can undo it on this page."))
        return redirect("office:customer", one.pk)
    found = queries.candidates(request.store, one, request.GET.get("q", ""))
    context = {"customer": one, "found": found, "q": request.GET.get("q", "")}
    return render(request, "office/customer_merge.html", context)


@require_POST
@staff
def undo_merge(request: StaffRequest, customer_id: int, merge_id: int) -> HttpResponse:
    get_object_or_404(Customer, store=request.store, pk=customer_id)
    made = get_object_or_404(Merge, store=request.store, pk=merge_id, undone_at=None)
    actions.part(made, by=request.member, now=timezone.now())
    messages.success(request, _("Undone: they are two people again."))
    return redirect("office:customer", customer_id)
