"""The page that follows a return, and what its customer can still do."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passaparola.orders.guard import LinkRequest, by_order_link
from passaparola.returns import actions, reading
from passaparola.returns.actions import CannotError
from passaparola.returns.models import BackParcel, Return
from passaparola.returns.story import Story
from passaparola.returns.views.onward import address, now, onward, shown


@require_safe
@by_order_link
def follow(request: LinkRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001 - read by the guard
    return _page(request, _return(request, pk))


def _page(request: LinkRequest, filed: Return, problem: str = "") -> HttpResponse:
    urls = {
        "sent_url": address(request, "sent", pk=filed.pk),
        "cancel_url": address(request, "cancel", pk=filed.pk),
    }
    story = Story(filed, now=now())
    labels = [
        (parcel, address(request, "label", pk=filed.pk, parcel=parcel.pk)) for parcel in story.sending.labels
    ]
    status = 400 if problem else 200
    return shown(
        request,
        "returns/follow.html",
        status=status,
        filed=filed,
        story=story,
        labels=labels,
        problem=problem,
        **urls,
    )


@require_POST
@by_order_link
def sent(request: LinkRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    """It is posted; several numbers, one a line, are several parcels."""
    filed = _return(request, pk)
    try:
        given = reading.said(request.POST, "numbers", 600).replace(",", "\n").splitlines()
        carrier = reading.said(request.POST, "carrier", 60)
        actions.post(filed, numbers=given, carrier=carrier, now=now())
    except CannotError as error:
        return _page(request, filed, str(error))
    messages.success(request, _("Thank you: we follow it from here."))
    return onward(request, "follow", pk=pk)


@require_POST
@by_order_link
def cancel(request: LinkRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    filed = _return(request, pk)
    try:
        actions.cancel(filed, now=now())
    except CannotError as error:
        return _page(request, filed, str(error))
    messages.success(request, _("The return is cancelled: you keep it."))
    return onward(request, "follow", pk=pk)


@require_safe
@by_order_link
def label(request: LinkRequest, token: str, pk: int, parcel: int) -> HttpResponse:  # noqa: ARG001
    """The label as the shop gave it; always a download, so that no file is ever shown as a page of ours."""
    found = get_object_or_404(BackParcel, filed=_return(request, pk), pk=parcel)
    if not found.label:
        raise Http404
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[found.label_type]
    answer = HttpResponse(bytes(found.label), content_type=found.label_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="label-{found.pk}.{ending}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _return(request: LinkRequest, pk: int) -> Return:
    return get_object_or_404(
        Return.objects.select_related("store", "order", "refund"), order=request.order, pk=pk
    )
