"""Signing in and out: an address or number, a code, and a cookie for this shop's pages."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from passaparola.account import actions, guard
from passaparola.account.forms import AddressForm, CodeForm
from passaparola.account.guard import AccountRequest, ShopRequest, by_account, of_shop
from passaparola.account.models import AccountCode
from passaparola.account.rules.lookup import masked_email
from passaparola.account.rules.ways_in import browser_of
from passaparola.account.spoken import goes_along
from passaparola.account.views.orders import too_many
from passaparola.kernel import signing
from passaparola.kernel.http.source import source_of
from passaparola.orders.guard import LinkRequest, by_order_link

FORM = ["GET", "HEAD", "POST"]
PURPOSE = "account code"


@require_http_methods(FORM)
@of_shop
def sign_in(request: ShopRequest, slug: str) -> HttpResponse:
    """Ask for a code. Whether anybody has this address here is neither said nor felt."""
    if request.session_of and request.method != "POST":
        return redirect("account:home", slug=slug)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "account/sign_in.html", form=form, status=400 if form.errors else 200)
    return _asked(request, form.cleaned_data["address"])


@require_POST
@by_order_link
def sign_in_from_order(request: LinkRequest, token: str) -> HttpResponse:
    """Send a code to the order's own address: the link alone, which may be passed on, opens no account.

    The order's page has a language of its own, which the browser need not share: it goes along.
    """
    del token
    asked: ShopRequest = request  # type: ignore[assignment]  # both have a store and a shell
    asked.now = datetime.now(UTC)
    answer = _asked(asked, request.order.email or request.order.phone)
    return goes_along(answer, get_language() or "en")


def _asked(request: ShopRequest, address: str) -> HttpResponse:
    try:
        made = actions.ask_code(
            request.store,
            typed=address,
            language=get_language() or "en",
            source=source_of(request),
            now=request.now,
        )
    except actions.TooManyTriesError:
        return too_many(request, request.store)
    token = signing.sign(PURPOSE, made.pk, expires=(request.now + timedelta(days=1)).date())
    return redirect("account:code", slug=request.store.slug, token=token)


@sensitive_post_parameters()
@require_http_methods(FORM)
@of_shop
def code(request: ShopRequest, slug: str, token: str) -> HttpResponse:
    row = AccountCode.objects.filter(
        pk=signing.read(PURPOSE, token, now=request.now) or 0, store=request.store
    ).first()
    if row is None or row.expires_at <= request.now:
        messages.info(request, _("This took a while, so the code no longer works. Ask for a new one."))
        return redirect("account:sign-in", slug=slug)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if opened := _opened(request, row, form.cleaned_data["code"]):
                return opened
        except actions.TooManyTriesError:
            return too_many(request, request.store)
        form.add_error(
            "code", _("This is not the code we sent, or it has been tried too often. Ask for a new one.")
        )
    address = masked_email(row.address) if row.kind == "email" else f"••• {row.address[-3:]}"
    return _page(request, "account/code.html", form=form, address=address, status=400 if form.errors else 200)


def _opened(request: ShopRequest, row: AccountCode, typed: str) -> HttpResponse | None:
    if not actions.use_code(row, typed=typed, source=source_of(request), now=request.now):
        return None
    browser = browser_of(request.headers.get("User-Agent", ""))
    session = actions.sign_in(row, browser=browser, now=request.now)
    if session is None:
        return None
    home = reverse("account:home", kwargs={"slug": request.store.slug})
    response = redirect(f"{home}?lang={get_language()}")
    guard.keep(response, request.store, session)
    return response


@require_POST
@by_account
def sign_out(request: AccountRequest, slug: str) -> HttpResponse:
    """Sign out here, or everywhere."""
    session = request.session_of
    if "everywhere" in request.POST:
        root = session.customer.merged_into or session.customer
        actions.end_everywhere(root.all_ids(), now=request.now)
        messages.success(request, _("You are signed out on all devices."))
    else:
        actions.end(session, now=request.now)
        messages.success(request, _("You are signed out."))
    response = redirect("account:sign-in", slug=slug)
    guard.forget(response, request.store)
    return response


def _page(request: HttpRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    asked: ShopRequest = request  # type: ignore[assignment]
    context |= {"shell": asked.shell, "shop": asked.store}
    return render(request, template, context, status=status)
