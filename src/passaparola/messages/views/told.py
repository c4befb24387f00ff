"""Taking down what a customer said about being written to."""

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passaparola.customers.models import Customer
from passaparola.messages import actions
from passaparola.messages.accounts import in_use
from passaparola.messages.forms.told import ToldForm
from passaparola.stores.guard import StaffRequest, staff


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def told(request: StaffRequest, customer_id: int) -> HttpResponse:
    found = get_object_or_404(Customer, store=request.store, pk=customer_id, erased_at=None)
    form = ToldForm(request.POST or None, channels=in_use(request.store.pk))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        actions.take_down(
            found,
            channel=form.cleaned_data["channel"],
            said=form.said(),
            words=words,
            by=request.member,
            now=timezone.now(),
        )
        flash.success(request, _("Taken down. It holds at once, also for what waits."))
        return redirect("office:customer", found.pk)
    context = {"customer": found, "form": form}
    return render(request, "messages/told.html", context, status=400 if form.errors else 200)
