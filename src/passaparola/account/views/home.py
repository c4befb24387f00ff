"""The home of the account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from passaparola.account.guard import AccountRequest, by_account
from passaparola.account.home import home_of


@require_safe
@by_account
def home(request: AccountRequest, slug: str) -> HttpResponse:
    del slug
    shown = home_of(request.session_of, get_language() or "en", now=request.now)
    return render(
        request, "account/home.html", {"shell": request.shell, "shop": request.store, "home": shown}
    )
