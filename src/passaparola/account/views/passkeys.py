"""Passkeys: added, named and removed in the account; signing in with one, beside the code."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from passaparola.account import actions, guard
from passaparola.account.forms import PasskeyForm
from passaparola.account.guard import AccountRequest, ShopRequest, by_account, of_shop
from passaparola.account.models import Passkey
from passaparola.account.rules.ways_in import browser_of
from passaparola.account.views.orders import too_many
from passaparola.account.webauthn import Site
from passaparola.kernel.http.source import source_of
from passaparola.stores.hosts import base_url


def site_of(request: ShopRequest) -> Site:
    """Return the address that the browser says it is at: what we know of ours before what a proxy passes on."""
    host = request.get_host()
    for known in (base_url(request.store.host), settings.PUBLIC_URL):
        found = urlsplit(known)
        if found.netloc == host:
            return Site(f"{found.scheme}://{found.netloc}", request.store.name)
    return Site(f"{request.scheme}://{host}", request.store.name)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@by_account
def passkeys(request: AccountRequest, slug: str) -> HttpResponse:
    """Theirs, and one more."""
    browser = browser_of(request.headers.get("User-Agent", ""))
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial={"name": browser})
    if form.is_valid():
        try:
            actions.add_passkey(
                request.session_of, **form.cleaned_data, site=site_of(request), now=request.now
            )
            messages.success(request, _("Added. Next time this device lets you in."))
        except actions.NotPossibleError as error:
            messages.error(request, str(error))
        return redirect(f"{reverse('account:passkeys', kwargs={'slug': slug})}?lang={get_language()}")
    theirs = Passkey.objects.filter(customer__in=_everybody(request)).order_by("-made_at", "-pk")
    context = {"shell": request.shell, "shop": request.store, "form": form, "passkeys": list(theirs)}
    return render(request, "account/passkeys.html", context, status=400 if form.errors else 200)


@require_POST
@by_account
def to_add(request: AccountRequest, slug: str) -> HttpResponse:
    del slug
    try:
        return JsonResponse(actions.ask_to_add(request.session_of, site=site_of(request), now=request.now))
    except actions.NotPossibleError as error:
        return JsonResponse({"sentence": str(error)}, status=409)


@require_POST
@by_account
def change(request: AccountRequest, slug: str, passkey_id: int) -> HttpResponse:
    """Another name, or not any more."""
    found = Passkey.objects.filter(pk=passkey_id, customer__in=_everybody(request)).first()
    if found is None:
        raise Http404
    if request.POST.get("do") == "remove":
        actions.remove_passkey(found, now=request.now)
        messages.success(request, _("Removed: it lets nobody in any more. Delete it on your device as well."))
    else:
        actions.rename_passkey(found, name=request.POST.get("name", ""))
        messages.success(request, _("Saved."))
    return redirect(f"{reverse('account:passkeys', kwargs={'slug': slug})}?lang={get_language()}")


@require_POST
@of_shop
def to_sign_in(request: ShopRequest, slug: str) -> HttpResponse:
    del slug
    try:
        asked = actions.ask_to_sign_in(
            request.store, site=site_of(request), source=source_of(request), now=request.now
        )
    except actions.TooManyTriesError:
        return JsonResponse({"sentence": _("Too many tries. Wait a quarter of an hour.")}, status=429)
    return JsonResponse(asked)


@sensitive_post_parameters()
@require_POST
@of_shop
def sign_in(request: ShopRequest, slug: str) -> HttpResponse:
    try:
        session = actions.sign_in_with_passkey(
            request.store,
            said=request.POST.get("answer", ""),
            site=site_of(request),
            browser=browser_of(request.headers.get("User-Agent", "")),
            source=source_of(request),
            now=request.now,
        )
    except actions.TooManyTriesError:
        return too_many(request, request.store)
    except actions.NotPossibleError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('account:sign-in', kwargs={'slug': slug})}?lang={get_language()}")
    response = redirect(f"{reverse('account:home', kwargs={'slug': slug})}?lang={get_language()}")
    guard.keep(response, request.store, session)
    return response


def _everybody(request: AccountRequest) -> list[int]:
    root = request.session_of.customer.merged_into or request.session_of.customer
    return list(root.all_ids())
