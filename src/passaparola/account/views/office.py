"""The team's answer to what customers ask: changes of an order, and what is known about them."""

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.account import actions
from passaparola.account.forms import OwnPagesForm
from passaparola.account.models import ChangeRequest
from passaparola.customers import privacy as parts
from passaparola.customers.models import Customer, Erasure, PrivacyRequest
from passaparola.customers.rules import email_key
from passaparola.stores import own_name
from passaparola.stores.guard import StaffRequest, owners, staff
from passaparola.stores.hosts import base_url


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


@require_safe
@owners
def privacy(request: StaffRequest) -> HttpResponse:
    """Who wants to see or to be forgotten, until when, and what became of it."""
    asked = PrivacyRequest.objects.filter(store=request.store, kind="data_request").order_by("-received_at")
    erasures = Erasure.objects.filter(store=request.store).select_related("customer").order_by("-asked_at")
    context = {"asked": asked[:100], "erasures": erasures[:100]}
    return render(request, "account/office_privacy.html", context)


@require_POST
@owners
def export(request: StaffRequest, request_id: int) -> HttpResponse:
    """Everything about one person, for whoever in the shop answers them; noted as answered."""
    found = get_object_or_404(PrivacyRequest, store=request.store, pk=request_id, kind="data_request")
    keys = [f"account:{found.source}:{found.customer_external_id}", email_key(found.email)]
    people = Customer.objects.filter(store=request.store, identities__key__in=keys, erased_at=None)
    told = [parts.export_of(parts.person_of(customer)) for customer in people.distinct()[:5]]
    PrivacyRequest.objects.filter(pk=found.pk, answered_at=None).update(answered_at=timezone.now())
    response = JsonResponse({"people": told}, encoder=DjangoJSONEncoder)
    response.headers["Content-Disposition"] = f'attachment; filename="request-{found.pk}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@owners
def own_pages(request: StaffRequest) -> HttpResponse:
    """The customers' pages: their own name, the widget, and what may be asked on them."""
    form = OwnPagesForm(request.POST if request.method == "POST" else None, instance=request.store)
    if form.is_valid():
        kept = form.save(commit=False)
        kept.widget_origins = form.cleaned_data["origins"]
        kept.save(update_fields=["change_hours", "host", "widget_origins"])
        messages.success(request, _("Saved."))
        _say_where_it_leads(request)
        return redirect("account:own-pages")
    base = base_url(request.store.host if not form.errors else None)
    script = base + reverse("account:widget-script", args=[request.store.slug])
    context = {
        "form": form,
        "snippet": f'<script async src="{script}"></script>',
        "page": base + reverse("account:lookup", args=[request.store.slug]),
        "sign_up": base + reverse("messages:sign-up", args=[request.store.slug]),
    }
    return render(request, "account/office_pages.html", context, status=400 if form.errors else 200)


def _say_where_it_leads(request: StaffRequest) -> None:
    """Links in mails begin with this name from now on: say at once whether it leads here."""
    if not request.store.host:
        return
    found = own_name.look(request.store)
    if found.leads_here:
        messages.success(request, found.says)
    else:
        words = _(
            "%(why)s Until it leads here, links in mails open nothing. Save again to have it asked again."
        )
        messages.warning(request, words % {"why": found.says})
