"""Pages below an order's own: details, receipt, changes, sharing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.account import actions
from passaparola.account.details import details_of
from passaparola.account.forms import ChangeForm, FollowerForm
from passaparola.account.guard import OrderRequest, below_order
from passaparola.account.links import gift_path
from passaparola.account.models import Follower
from passaparola.account.receipt import receipt as receipt_of
from passaparola.orders.links import order_path

FORM = ["GET", "HEAD", "POST"]


@require_safe
@below_order("details/")
def details(request: OrderRequest, token: str) -> HttpResponse:
    del token
    shown = details_of(request.order, get_language() or "en", now=request.now)
    return _page(request, "account/details.html", details=shown)


@require_safe
@below_order("details/")
def receipt(request: OrderRequest, token: str) -> HttpResponse:
    del token
    made = receipt_of(request.order, get_language() or "en", now=request.now)
    name = "".join(sign for sign in request.order.number if sign.isalnum() or sign in "-_") or "order"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_http_methods(FORM)
@below_order("change/")
def change(request: OrderRequest, token: str) -> HttpResponse:
    """Ask for another address or to cancel; the team decides."""
    form = ChangeForm(
        request.POST if request.method == "POST" else None, initial=request.order.shipping_address
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.ask_change(
                request.order, kind=told["kind"], address=form.address(), note=told["note"], now=request.now
            )
        except actions.NotPossibleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("We have your wish. One of us looks at it and writes to you."))
        return redirect("account:details", token)
    context = {"form": form, "may_change": actions.is_open(request.order, now=request.now)}
    return _page(request, "account/change.html", status=400 if form.errors else 200, **context)


@require_http_methods(FORM)
@below_order("share/")
def share(request: OrderRequest, token: str) -> HttpResponse:
    """A gift's page to pass on, and friends who get the news."""
    form = FollowerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask_follower(request.order, email=form.cleaned_data["email"], now=request.now)
            messages.success(request, _("We have asked them by e-mail. They get news once they say yes."))
        except actions.NotPossibleError as error:
            messages.error(request, str(error))
        return redirect("account:share", token)
    context = {
        "form": form,
        "gift_url": request.build_absolute_uri(gift_path(request.order, now=request.now)),
        "followers": request.order.followers.filter(ended_at=None).order_by("pk"),
    }
    return _page(request, "account/share.html", status=400 if form.errors else 200, **context)


@require_POST
@below_order("share/")
def end_follower(request: OrderRequest, token: str, follower_id: int) -> HttpResponse:
    found = get_object_or_404(Follower, order=request.order, pk=follower_id)
    actions.end_follower(found, now=request.now)
    messages.success(request, _("They get no more news of this order."))
    return redirect("account:share", token)


@require_POST
@below_order("share/")
def take_links_back(request: OrderRequest, token: str) -> HttpResponse:
    """End every link sent so far, this one too, and go on with a new one."""
    del token
    epoch = actions.take_links_back(request.order)
    messages.success(request, _("All links sent until now have ended. This page has a new address: keep it."))
    path = order_path(request.order.pk, now=request.now, epoch=epoch)
    return redirect(f"{path}share/?lang={get_language()}")


def _page(request: OrderRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    context |= {"shell": request.shell, "shop": request.store, "order": request.order, "token": request.token}
    return render(request, template, context, status=status)
