"""Signing up for news: a form for the shop's own site, and the page behind the letter that asks back."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from passaparola.kernel.http.source import source_of
from passaparola.kernel.limits import may_try
from passaparola.messages import actions
from passaparola.messages.actions.signing_up import read_confirm
from passaparola.messages.forms.preferences import wording_of
from passaparola.messages.models import SignUp
from passaparola.messages.rules.address import mail_address
from passaparola.messages.rules.language import SPOKEN
from passaparola.messages.views.preferences import shell_of
from passaparola.stores.hosts import may_show
from passaparola.stores.models import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FROM_ONE_PLACE, TO_ONE_ADDRESS = 20, 3


@csrf_exempt  # the form stands on the shop's own site; it can only send a letter that asks back
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address and answer the same, whoever it belongs to and whether it is known or not."""
    store, now = get_object_or_404(Store, slug=slug), datetime.now(UTC)
    language = _language(request, store)
    with translation.override(language):
        context = {"shell": shell_of(store), "wording": wording_of(store), "typed": ""}
        if request.method != "POST":
            return render(request, "messages/signup.html", context)
        email = mail_address(request.POST.get("email", "")).lower()
        if not email:
            context |= {"is_wrong": True, "typed": request.POST.get("email", "")[:254]}
            return render(request, "messages/signup.html", context, status=400)
        if not may_try("signup", source_of(request), most=FROM_ONE_PLACE, per=HOUR, now=now):
            return render(request, "messages/signup.html", context | {"is_too_often": True}, status=429)
        is_person = not request.POST.get("website")  # a field that people don't see and programs fill in
        if is_person and may_try("signup", f"{store.pk} {email}", most=TO_ONE_ADDRESS, per=DAY, now=now):
            page = request.headers.get("Referer", "").partition("?")[0]
            actions.sign_up(
                store, email=email, language=language, wording=wording_of(store), page=page, now=now
            )
        return render(request, "messages/signup.html", context | {"is_asked": True})


@csrf_exempt  # the signed link is the key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm on POST only: link scanners open every link, and they agree to nothing."""
    now = datetime.now(UTC)
    signup = SignUp.objects.select_related("store").filter(pk=read_confirm(token, now=now) or 0).first()
    if signup is None or not may_show(request, signup.store.slug):
        shell = shell_of(Store(name="Passaparola"))
        return render(request, "messages/ended.html", {"shell": shell}, status=404)
    with translation.override(signup.language):
        if request.method == "POST":
            actions.confirm_sign_up(signup, now=now)
        context = {
            "shell": shell_of(signup.store),
            "signup": signup,
            "is_done": request.method == "POST" or signup.confirmed_at is not None,
            "title": _("Yes, it was me"),
        }
        return render(request, "messages/confirm.html", context)


def _language(request: HttpRequest, store: Store) -> str:
    told = str(request.POST.get("language") or request.GET.get("language") or store.language)[:2].lower()
    return told if told in SPOKEN else "en"
