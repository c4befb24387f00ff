"""Who may see a page: somebody signed in, of one shop, for whose rows alone every query asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from passaparola.stores.models import Member, Membership, Role, Store

SESSION_KEY = "store"


class StaffRequest(HttpRequest):
    """A request of somebody of the team, for one shop."""

    member: Member
    store: Store
    role: str

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER


View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """Let the team in, everybody else to the sign-in page. The page speaks their language and shop's time."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        membership = current_membership(request)
        if membership is None:
            return render(request, "stores/no_shop.html", status=403)
        _speak(request, membership)
        with timezone.override(membership.store.zone):
            response = view(request, *args, **kwargs)
        add_never_cache_headers(response)  # a shared computer's back button shows nobody's customers
        return response

    guarded.is_for_staff = True  # type: ignore[attr-defined]  # the tests ask every address for it
    return guarded


def owners(view: View) -> View:
    """Let in only owners of the shop."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.role != Role.OWNER:
            return render(request, "stores/owners_only.html", status=403)
        return view(request, *args, **kwargs)

    guarded.is_for_owners = True  # type: ignore[attr-defined]
    inner = staff(guarded)
    inner.is_for_owners = True  # type: ignore[attr-defined]
    return inner


def current_membership(request: HttpRequest) -> Membership | None:
    """The shop they chose, or their first one; asked anew each time: leaving a team takes effect at once."""
    if not isinstance(request.user, Member):
        return None
    mine = request.user.memberships.active().select_related("store").order_by("pk")
    chosen = request.session.get(SESSION_KEY)
    by_choice = mine.filter(store=chosen).first() if chosen else None
    return by_choice or mine.first()


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return redirect(reverse("office:sign-in") + back)


def _speak(request: HttpRequest, membership: Membership) -> None:
    asked: Any = request  # our own attributes on Django's request; StaffRequest declares them
    asked.member, asked.store, asked.role = request.user, membership.store, membership.role
    asked.is_owner = membership.role == Role.OWNER
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(asked.member.language)
        asked.LANGUAGE_CODE = translation.get_language()
