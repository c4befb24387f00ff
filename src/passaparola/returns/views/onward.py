"""Going on from one page to the next in the language being read."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from passaparola.kernel.ui.languages import LANGUAGES
from passaparola.orders.guard import LinkRequest


def now() -> datetime:
    return datetime.now(UTC)


def address(request: LinkRequest, name: str, **kwargs: Any) -> str:
    """The address of another page of this order, in the same language."""
    path = reverse(f"returns:{name}", kwargs={"token": request.token, **kwargs})
    language = request.GET.get("lang", "")
    return f"{path}?lang={language}" if language in LANGUAGES else path


def onward(request: LinkRequest, name: str, **kwargs: Any) -> HttpResponse:
    return redirect(address(request, name, **kwargs))


def shown(request: LinkRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the shop's look. `link` gives addresses to its templates."""
    links = {
        "order_url": order_url(request),
        "start_url": address(request, "start"),
    }
    given = {"shell": request.shell, "order": request.order, "store": request.store, "now": now()}
    return render(request, template, given | links | context, status=status)


def order_url(request: LinkRequest) -> str:
    language = request.GET.get("lang", "")
    return f"/o/{request.token}/" + (f"?lang={language}" if language in LANGUAGES else "")
