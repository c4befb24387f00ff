"""What the shop tells of each product beyond what the shop system knows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from passaparola.guides import actions
from passaparola.guides.forms import SheetForm
from passaparola.guides.models import ProductSheet
from passaparola.products.models import Product
from passaparola.stores.guard import StaffRequest, staff

MOST = 200


@require_safe
@staff
def products(request: StaffRequest) -> HttpResponse:
    rows = Product.objects.filter(store=request.store, deleted_at=None).select_related("sheet")
    if q := request.GET.get("q", "").strip()[:60]:
        rows = rows.filter(title__icontains=q)
    found = list(rows.order_by("title", "pk")[: MOST + 1])
    context = {"rows": found[:MOST], "q": q, "has_more": len(found) > MOST}
    return render(request, "guides/products.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def product(request: StaffRequest, product_id: int) -> HttpResponse:
    found = get_object_or_404(Product, store=request.store, pk=product_id)
    others = (
        Product.objects.filter(store=request.store, deleted_at=None).exclude(pk=found.pk).order_by("title")
    )
    sheet = ProductSheet.objects.filter(product=found).first() or ProductSheet(product=found)
    form = SheetForm(request.POST if request.method == "POST" else None, instance=sheet, products=others)
    if form.is_valid():
        kept = form.save(commit=False)
        actions.save_sheet(kept, related=form.cleaned_data["related"], now=timezone.now())
        messages.success(request, _("Saved. Customers see it on the page of what they bought."))
        return redirect("guides:product", found.pk)
    context = {"form": form, "product": found}
    return render(request, "guides/product.html", context, status=400 if form.errors else 200)
