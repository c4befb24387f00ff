"""The choice of look, and the living page of all components."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from passaparola.kernel.ui import brand, example
from passaparola.kernel.ui.context import THEMES

A_YEAR = 365 * 24 * 3600


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the person's choice of theme, language and keys in cookies, and go back where they were."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/office/"
    response = redirect(back)
    choices = {
        "theme": (request.POST.get("theme", ""), THEMES),
        "keys": (request.POST.get("keys", ""), ("off",)),
        settings.LANGUAGE_COOKIE_NAME: (request.POST.get("language", ""), dict(settings.LANGUAGES)),
    }
    for cookie, (value, allowed) in choices.items():
        if value in allowed:
            response.set_cookie(
                cookie, value, A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
            )
        else:
            response.delete_cookie(cookie)
    return response


def for_builders(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Only for staff, or anybody while debugging; to others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or getattr(getattr(request, "user", None), "is_staff", False)):
            raise Http404
        return view(request)

    return guarded


@require_GET
@for_builders
def style(request: HttpRequest) -> HttpResponse:
    """Every component of the team's pages."""
    return render(request, "ui/style.html", example.office(timezone.now()))


@require_GET
@for_builders
def style_customer(request: HttpRequest) -> HttpResponse:
    """Every component of the customers' pages."""
    return render(request, "ui/style_customer.html", example.customer(timezone.now()))


@require_GET
def style_brand(_request: HttpRequest) -> HttpResponse:
    """The example shop's brand; it is no secret, so the sheet needs no sign-in."""
    css = brand.brand_css("#8a3b2c", "#fbf3ee", 14, "serif")
    return HttpResponse(css, content_type="text/css; charset=utf-8")
