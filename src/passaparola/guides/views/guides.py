"""The list of guides, one of them, and its files."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.guides import actions
from passaparola.guides.forms import FileForm, GuideForm
from passaparola.guides.models import Guide, GuideFile
from passaparola.stores.guard import StaffRequest, staff

FORM = ["GET", "HEAD", "POST"]


@require_safe
@staff
def guides(request: StaffRequest) -> HttpResponse:
    asked = request.GET.get("kind", "")
    rows = Guide.objects.of(request.store).in_order().select_related("product")
    rows = rows.annotate(
        useful=Count("votes", filter=Q(votes__is_useful=True)),
        useless=Count("votes", filter=Q(votes__is_useful=False)),
    )
    context = {"rows": rows.filter(kind=asked) if asked else rows, "kind": asked}
    return render(request, "guides/guides.html", context)


@require_http_methods(FORM)
@staff
def new(request: StaffRequest) -> HttpResponse:
    return _edit(request, Guide(store=request.store, kind="help"))


@require_http_methods(FORM)
@staff
def guide(request: StaffRequest, guide_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Guide, store=request.store, pk=guide_id))


def _edit(request: StaffRequest, found: Guide) -> HttpResponse:
    form = GuideForm(request.POST if request.method == "POST" else None, instance=found, store=request.store)
    if form.is_valid():
        kept = actions.save(form.save(commit=False), now=timezone.now())
        actions.publish(kept, is_published="publish" in request.POST, now=timezone.now())
        said = _("Saved. Customers read it from now on.") if kept.published_at else _("Saved as a draft.")
        messages.success(request, said)
        return redirect("guides:guide", kept.pk)
    context = {"form": form, "guide": found, "file_form": FileForm()}
    return render(request, "guides/guide.html", context, status=400 if form.errors else 200)


@require_POST
@staff
def delete(request: StaffRequest, guide_id: int) -> HttpResponse:
    get_object_or_404(Guide, store=request.store, pk=guide_id).delete()
    messages.success(request, _("The guide is gone."))
    return redirect("guides:guides")


@require_POST
@staff
def add_starters(request: StaffRequest) -> HttpResponse:
    count = actions.add_starters(request.store, now=timezone.now())
    said = (
        _("Added as drafts: read them, make them yours, publish them.")
        if count
        else _("You have them already.")
    )
    messages.success(request, said)
    return redirect("guides:guides")


@require_POST
@staff
def add_file(request: StaffRequest, guide_id: int) -> HttpResponse:
    found = get_object_or_404(Guide, store=request.store, pk=guide_id)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            content = upload.read(actions.MOST_BYTES + 1)
            actions.add_file(found, name=upload.name, content=content, now=timezone.now())
            messages.success(request, _("Added."))
        except actions.FileError as error:
            messages.error(request, _(str(error)))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("guides:guide", found.pk)


@require_POST
@staff
def delete_file(request: StaffRequest, guide_id: int, file_id: int) -> HttpResponse:
    found = get_object_or_404(GuideFile, guide__store=request.store, guide=guide_id, pk=file_id)
    found.delete()
    messages.success(request, _("The file is gone."))
    return redirect("guides:guide", guide_id)
