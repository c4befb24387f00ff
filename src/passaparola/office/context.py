"""The frame around each page of the team: menu, shop, person."""

from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from passaparola.inbound.models import Delivery
from passaparola.kernel.ui.context import THEMES
from passaparola.kernel.ui.shell import Link, LinkGroup, OfficeShell
from passaparola.office.queries.orders import late_orders
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
        groups=_groups(request, store),
        person_name=member.name,
        person_role=str(role.label),
        sign_out_url=reverse("office:sign-out"),
    )
    own = {} if "theme" in request.COOKIES else {"look": _own_look(request, member.theme)}
    return {"shell": shell, **own}


def _own_look(request: HttpRequest, theme: str) -> dict[str, str]:
    """A person's kept choice, for a device that knows of none."""
    return {"theme": theme if theme in THEMES else "", "keys": request.COOKIES.get("keys", "")}


def _groups(request: HttpRequest, store: Store) -> list[LinkGroup]:
    late = late_orders(store, now=timezone.now()).count()
    failed = Delivery.objects.failed_of(store).count()
    here = resolve(request.path_info).url_name or ""
    return [
        LinkGroup(_("Today"), [_link(here, "today", _("Today"), "layout-dashboard", "t")]),
        LinkGroup(
            _("Care"),
            [
                _link(here, "order", _("Orders"), "package", "o", badge=late),
                _link(here, "customer", _("Customers"), "users", "c"),
            ],
        ),
        LinkGroup(_("Communicate"), [_link(here, "message", _("Messages"), "mail", "m")]),
        LinkGroup(
            _("Setup"),
            [
                _link(here, "inbound", _("Inbound"), "inbox", "i", badge=failed),
                _link(here, "connection", _("Connections"), "plug", "n"),
                _link(here, "settings", _("Settings"), "settings", "s"),
            ],
        ),
    ]


def _link(here: str, name: str, label: str, icon: str, key: str, *, badge: int = 0) -> Link:
    """Pages are named after their place in the menu: `order`, `order-scan`, `orders`."""
    place = {"order": "orders", "customer": "customers", "message": "messages", "connection": "connections"}
    is_current = here.partition("-")[0].rstrip("s") == name.rstrip("s")
    return Link(label, reverse(f"office:{place.get(name, name)}"), icon, badge, is_current, key)


def shops_of(member: Member) -> list[Store]:
    """The shops somebody may switch between."""
    return list(Store.objects.filter(memberships__in=member.memberships.active()).order_by("name"))
