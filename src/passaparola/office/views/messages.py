"""What we wrote to customers, or did not, and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from passaparola.messages.models import Message
from passaparola.office.guard import StaffRequest, staff
from passaparola.office.queries import messages as queries


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
    context = {"message": found, "row": queries.shown(found, get_language() or "en")}
    return render(request, "office/message.html", context)
