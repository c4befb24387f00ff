"""What waits and why, and the addresses we stay silent to."""

from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from passaparola.messages import actions, silence_lists
from passaparola.messages.forms.silences import ImportForm, LiftForm
from passaparola.messages.models import Suppression
from passaparola.messages.waiting import outbox, pause_of
from passaparola.stores.guard import StaffRequest, owners, staff

SHOWN = 100


@require_safe
@staff
def waiting(request: StaffRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("why", "q")}
    context: dict[str, Any] = {"outbox": outbox(request.store, asked)}
    paused = pause_of(request.store, 0, timezone.now()) or {}
    return render(request, "messages/outbox.html", asked | context | dict(paused))


@require_http_methods(["POST"])
@owners
def resume(request: StaffRequest) -> HttpResponse:
    """Go on sending after a pause that came by itself."""
    actions.resume_sending(request.store, by=request.member, now=timezone.now())
    flash.success(request, _("Sending goes on. What waited is looked at again now."))
    return redirect("messages:outbox")


@require_safe
@staff
def suppressed(request: StaffRequest) -> HttpResponse:
    """The addresses, found by a part of them; those that were lifted stay in the list, and say why."""
    text = request.GET.get("q", "").strip().lower()[:120].replace("\x00", "")
    found = Suppression.objects.of_store(request.store).containing(text)
    rows = found.select_related("lifted_by").order_by("-made_at", "-pk")[:SHOWN]
    context = {
        "rows": rows,
        "q": text,
        "count": found.filter(lifted_at=None).count(),
        "form": ImportForm(),
        "most": SHOWN,
    }
    return render(request, "messages/suppressed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def lift(request: StaffRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Suppression.objects.of_store(request.store), pk=pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        actions.lift(one, because=because, by=request.member, now=timezone.now())
        flash.success(request, _("Lifted. Messages go to this address again."))
        return redirect("messages:outbox-suppressed")
    return render(
        request, "messages/lift.html", {"one": one, "form": form}, status=400 if form.errors else 200
    )


@require_http_methods(["POST"])
@staff
def import_list(request: StaffRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        sentences = [sentence for errors in form.errors.values() for sentence in errors]
        flash.error(request, " ".join(str(sentence) for sentence in sentences))
        return redirect("messages:outbox-suppressed")
    try:
        reason = form.cleaned_data["reason"]
        found = silence_lists.read(form.cleaned_data["list_"], store_id=request.store.pk, reason=reason)
    except silence_lists.UnreadableListError:
        flash.error(
            request, _("No column holds addresses: the first line should name one “address” or “email”.")
        )
        return redirect("messages:outbox-suppressed")
    new = actions.silence(found.silences, now=timezone.now())
    known = len(found.silences) - new
    words = ngettext("%(n)d address is new", "%(n)d addresses are new", new) % {"n": new}
    flash.success(request, f"{words}, " + _("%(n)d we knew already.") % {"n": known})
    if found.wrong_count:
        lines = ", ".join(found.wrong)
        flash.warning(
            request, _("Not read, for want of an address (line: text): %(lines)s") % {"lines": lines}
        )
    return redirect("messages:outbox-suppressed")


@require_safe
@staff
def export_list(request: StaffRequest) -> HttpResponse:
    rows = Suppression.objects.of_store(request.store).filter(lifted_at=None).order_by("pk").iterator()
    answer = HttpResponse("".join(silence_lists.written(rows)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="suppressed.csv"'
    return answer
