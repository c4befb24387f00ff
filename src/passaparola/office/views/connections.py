"""Connections with shop systems and carriers: addresses, secrets, and who has gone quiet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.inbound import actions
from passaparola.inbound.models import Connection
from passaparola.office.forms.connections import ConnectionForm, SecretForm
from passaparola.office.queries import connections as queries
from passaparola.stores.guard import StaffRequest, owners, staff

LIST = "office/connections.html"
ONE = "office/connection.html"


@require_safe
@staff
def connections(request: StaffRequest) -> HttpResponse:
    found = queries.connections_of(request.store, now=timezone.now())
    return render(request, LIST, {"found": found, "kinds": queries.connectable()})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@owners
def connect(request: StaffRequest, role: str, kind: str) -> HttpResponse:
    """The secret of ours is in the answer to this POST and nowhere else, ever."""
    chosen = next((k for k in queries.connectable() if (k.role, k.key) == (role, kind)), None)
    if chosen is None:
        raise Http404
    form = ConnectionForm(request.POST if request.method == "POST" else None, kind=chosen)
    if not form.is_valid():
        status = 400 if form.errors else 200
        return render(request, "office/connect.html", {"kind": chosen, "form": form}, status=status)
    typed = form.cleaned_data.get("secret", "")
    made = actions.connect(request.store, role=role, kind=kind, secret=typed, settings=form.settings())
    return render(request, ONE, _one(made) | {"secret": "" if typed else made.secret, "is_new": True})


@require_safe
@staff
def connection(request: StaffRequest, connection_id: int) -> HttpResponse:
    return render(request, ONE, _one(_ours(request, connection_id)))


@sensitive_post_parameters()
@require_POST
@owners
def rotate(request: StaffRequest, connection_id: int) -> HttpResponse:
    found = _ours(request, connection_id)
    form = SecretForm(request.POST, kind=queries.kind_of(found))
    if not form.is_valid():
        return render(request, ONE, _one(found) | {"secret_form": form}, status=400)
    typed = form.cleaned_data.get("secret", "")
    made = actions.rotate_secret(found, secret=typed)
    messages.success(request, _("The new secret holds from now on."))
    return render(request, ONE, _one(found) | {"secret": "" if typed else made})


@sensitive_post_parameters()
@require_POST
@owners
def configure(request: StaffRequest, connection_id: int) -> HttpResponse:
    found = _ours(request, connection_id)
    form = ConnectionForm(request.POST, kind=queries.kind_of(found), kept=queries.settings_of(found))
    if not form.is_valid():
        return render(request, ONE, _one(found) | {"form": form}, status=400)
    actions.configure(found, settings=form.settings())
    messages.success(request, _("Saved."))
    return redirect("office:connection", found.pk)


@require_POST
@owners
def close(request: StaffRequest, connection_id: int) -> HttpResponse:
    found = _ours(request, connection_id)
    actions.close(found, now=timezone.now())
    messages.success(request, _("Closed. What came through it stays."))
    return redirect("office:connections")


def _ours(request: StaffRequest, connection_id: int) -> Connection:
    return get_object_or_404(Connection, store=request.store, pk=connection_id)


def _one(found: Connection) -> dict[str, object]:
    shown = queries.show(found, now=timezone.now())
    kept = queries.settings_of(found)
    return {
        "shown": shown,
        "connection": found,
        "form": ConnectionForm(kind=shown.kind, kept=kept),
        "secret_form": SecretForm(kind=shown.kind),
    }
