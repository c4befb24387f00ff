"""The frame around each page of the team: menu, shop, person."""

from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone

from passaparola.kernel.ui import menu
from passaparola.kernel.ui.context import THEMES
from passaparola.kernel.ui.shell import OfficeShell
from passaparola.stores.models import Member, Role, Store


def office(request: HttpRequest) -> dict[str, Any]:
    """Nothing for pages that are not the team's: `@staff` says which are."""
    store = getattr(request, "store", None)
    if store is None or not hasattr(request, "member"):
        return {}
    member, role = request.member, Role(request.role)  # type: ignore[attr-defined]  # set by @staff
    shell = OfficeShell(
        shop_name=store.name,
        shop_line=store.tagline,
        home_url=reverse("office:today"),
        groups=menu.groups(
            store,
            here=resolve(request.path_info).view_name,
            is_owner=role is Role.OWNER,
            now=timezone.now(),
        ),
        person_name=member.name,
        person_role=str(role.label),
        sign_out_url=reverse("office:sign-out"),
    )
    own = {} if "theme" in request.COOKIES else {"look": _own_look(request, member.theme)}
    return {"shell": shell, **own}


def _own_look(request: HttpRequest, theme: str) -> dict[str, str]:
    """A person's kept choice, for a device that knows of none."""
    return {"theme": theme if theme in THEMES else "", "keys": request.COOKIES.get("keys", "")}


def shops_of(member: Member) -> list[Store]:
    """The shops somebody may switch between."""
    return list(Store.objects.filter(memberships__in=member.memberships.active()).order_by("name"))
