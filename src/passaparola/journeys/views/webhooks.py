"""What other systems were told and did not hear, and the secret they check our signature with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from passaparola.journeys import queries
from passaparola.journeys.actions import tell
from passaparola.journeys.models import WebhookCall
from passaparola.stores.guard import StaffRequest, owners, staff


@require_safe
@staff
def webhooks(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff
def again(request: StaffRequest) -> HttpResponse:
    """Try one once more, or all that were given up."""
    calls = WebhookCall.objects.filter(store=request.store).given_up()
    number = request.POST.get("call", "")
    if number:
        calls = calls.filter(pk=int(number) if number.isdecimal() and len(number) < 19 else 0)  # noqa: PLR2004 - digits of an id
    count = tell.again_from_start(calls, now=timezone.now())
    said = ngettext("%(n)d is told again now.", "%(n)d are told again now.", count) % {"n": count}
    messages.success(request, said if count else _("There is nothing to try again."))
    return redirect("journeys:webhooks")


@never_cache
@require_POST
@owners
def secret(request: StaffRequest) -> HttpResponse:
    """Show the secret to an owner who asks for it: it never stands on a page by itself."""
    return _page(request, secret=tell.secret_of(request.store))


def _page(request: StaffRequest, secret: str = "") -> HttpResponse:
    context = {"secret": secret, **queries.webhooks(request.store)}
    return render(request, "journeys/webhooks.html", context)
