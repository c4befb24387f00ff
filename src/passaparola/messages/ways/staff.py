"""The team's page of channels: what is connected, what was sent there each month, what it cost."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.inbound.models import Connection
from passaparola.kernel.http.errors import RequestError
from passaparola.messages.accounts import ROLE
from passaparola.messages.actions.send_connected import announce as tell_provider
from passaparola.messages.models import Price
from passaparola.messages.ways.figures import channels_of, months_of, prices_of
from passaparola.messages.ways.forms import PriceForm
from passaparola.stores.guard import StaffRequest, owners, staff

PAGE = "messages/channels.html"


@require_safe
@staff
def channels(request: StaffRequest) -> HttpResponse:
    return _page(request, PriceForm())


@require_POST
@owners
def price(request: StaffRequest) -> HttpResponse:
    form = PriceForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    named = {name: form.cleaned_data[name] for name in ("channel", "country", "category")}
    Price.objects.update_or_create(
        store=request.store, **named, defaults={"amount": form.cleaned_data["amount"]}
    )
    messages.success(request, _("Saved. It holds for messages sent from now on."))
    return redirect("messages:channels")


@require_POST
@owners
def drop_price(request: StaffRequest, price_id: int) -> HttpResponse:
    get_object_or_404(Price, store=request.store, pk=price_id).delete()
    messages.success(request, _("Removed. What was reckoned with it stays."))
    return redirect("messages:channels")


@require_POST
@owners
def announce(request: StaffRequest, connection_id: int) -> HttpResponse:
    """Tell the provider where to post, for those who can be told."""
    found = get_object_or_404(Connection.objects.open(), store=request.store, role=ROLE, pk=connection_id)
    try:
        is_done = tell_provider(found)
    except RequestError as error:
        messages.error(request, str(error))
        return redirect("messages:channels")
    if is_done:
        messages.success(request, _("Done: from now on we hear what your customers write there."))
    else:
        messages.error(request, _("It was refused. Look whether the token is the right one."))
    return redirect("messages:channels")


def _page(request: StaffRequest, form: PriceForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "channels": channels_of(request.store, now=now),
        "months": months_of(request.store, now=now),
        "prices": prices_of(request.store),
        "currency": request.store.currency,
        "form": form,
    }
    return render(request, PAGE, context, status=status)
