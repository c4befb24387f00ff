"""The person's language and theme, kept on the device they signed in with: the layouts look there."""

from django.conf import settings
from django.http import HttpResponse

from passaparola.kernel.ui.context import THEMES
from passaparola.stores.models import Member

A_YEAR = 365 * 24 * 3600


def keep_look(response: HttpResponse, member: Member) -> HttpResponse:
    chosen = {settings.LANGUAGE_COOKIE_NAME: member.language, "theme": member.theme}
    allowed = {settings.LANGUAGE_COOKIE_NAME: dict(settings.LANGUAGES), "theme": THEMES}
    for cookie, value in chosen.items():
        if value in allowed[cookie]:
            response.set_cookie(
                cookie, value, A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
            )
        else:
            response.delete_cookie(cookie)
    return response
