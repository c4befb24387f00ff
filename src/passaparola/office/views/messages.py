"""What we wrote to customers, or did not, and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from passaparola.kernel.http.security import POLICY, written
from passaparola.messages.models import Message
from passaparola.office.queries import messages as queries
from passaparola.stores.guard import StaffRequest, staff

WITH_FRAME = written(POLICY | {"frame-src": "'self'"})
MAIL_ALONE = written(
    {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "'self' https: data:"}
    | {"frame-ancestors": "'self'", "sandbox": ""}
)
"""A mail is styled line by line, as mail programs want it. So its frame may do that and nothing else: no
script, no form, no way out, an origin of its own."""


@require_safe
@staff
def messages(request: StaffRequest) -> HttpResponse:
    asked = request.GET.dict()
    page = queries.messages_page(request.store, asked)
    context = {
        "page": page,
        "rows": [queries.shown(message, get_language() or "en") for message in page.rows],
        "q": asked.get("q", ""),
        "state": asked.get("state", ""),
    }
    return render(request, "office/messages.html", context)


@require_safe
@staff
def message(request: StaffRequest, message_id: int) -> HttpResponse:
    ours = Message.objects.filter(store=request.store).select_related("order", "customer", "parcel")
    found = get_object_or_404(ours, pk=message_id)
    context = {
        "message": found,
        "row": queries.shown(found, get_language() or "en"),
        "mail": queries.rendered(found, now=timezone.now()),
    }
    response = render(request, "office/message.html", context)
    response.headers["Content-Security-Policy"] = WITH_FRAME
    return response


@require_safe
@xframe_options_sameorigin
@staff
def preview(request: StaffRequest, message_id: int) -> HttpResponse:
    """The mail itself, for the frame on the message's page."""
    found = get_object_or_404(Message, store=request.store, pk=message_id)
    mail = queries.rendered(found, now=timezone.now())
    response = HttpResponse(mail.html if mail else "", status=200 if mail else 404)
    response.headers["Content-Security-Policy"] = MAIL_ALONE
    return response
