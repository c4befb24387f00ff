"""The ways in and out."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from passaparola.kernel.http.source import source_of
from passaparola.office import mail
from passaparola.office.forms.sign_in import LinkForm, SignInForm
from passaparola.office.look import keep_look
from passaparola.stores import actions
from passaparola.stores.guard import SESSION_KEY, StaffRequest, staff
from passaparola.stores.models import Member

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password."""
    form = SignInForm(request.POST or None, source=source_of(request), now=timezone.now())
    if form.is_valid():
        return _let_in(request, form.cleaned_data["member"])
    return render(request, "office/sign_in.html", {"form": form}, status=400 if form.is_bound else 200)


@never_cache
@require_POST
def send_link(request: HttpRequest) -> HttpResponse:
    """The answer and its time are the same whether we know the address or not: the mail goes its own way."""
    form = LinkForm(request.POST, source=source_of(request), now=timezone.now())
    if not form.is_valid():
        return render(
            request, "office/sign_in.html", {"form": SignInForm.empty(), "link_form": form}, status=400
        )
    mail.soon(mail.send_sign_in_link, form.cleaned_data["email"])
    return render(request, "office/link_sent.html", {"email": form.cleaned_data["email"]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A button stands between the link and the office: mail scanners open every link, but press no button."""
    now = timezone.now()
    if request.method != "POST":
        works = actions.link_works(token, now=now)
        return render(request, "office/by_link.html", {"works": works}, status=200 if works else 410)
    member = actions.use_sign_in_link(token, now=now)
    if member is None:
        return render(request, "office/by_link.html", {"works": False}, status=410)
    return _let_in(request, member)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("office:sign-in")


@require_POST
@staff
def switch(request: StaffRequest) -> HttpResponse:
    """Go over to another shop of theirs; somebody else's is as good as none."""
    asked = request.POST.get("store", "").replace("\0", "")
    chosen = request.member.memberships.active().filter(store__slug=asked).first()
    if chosen:
        request.session[SESSION_KEY] = chosen.store_id
    return redirect("office:today", permanent=False) if chosen else HttpResponse(status=404)


def _let_in(request: HttpRequest, member: Member) -> HttpResponse:
    auth.login(request, member, backend=BACKEND)
    back = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = settings.LOGIN_REDIRECT_URL
    return keep_look(redirect(back), member)


@never_cache
def raw(request: HttpRequest) -> HttpResponse:
    """In place of the raw pages' own sign-in, which counts no tries."""
    if request.user.is_authenticated:
        return render(request, "office/no_raw.html", status=403)
    return redirect(f"{reverse('office:sign-in')}?{urlencode({'next': request.GET.get('next', '/raw/')})}")
