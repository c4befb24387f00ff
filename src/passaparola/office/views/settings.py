"""The shop's data and look, its team, and a person's own choices."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.kernel.ui.contrast import HEADING_FACES
from passaparola.office import mail
from passaparola.office.context import shops_of
from passaparola.office.forms.settings import BrandForm, InviteForm, MeForm, PasswordForm, RoleForm, ShopForm
from passaparola.office.look import keep_look
from passaparola.stores import actions
from passaparola.stores.guard import StaffRequest, owners, staff
from passaparola.stores.models import Member, Membership

FORM = ["GET", "HEAD", "POST"]
LINK_FOR_INVITED = 72
"""Hours: an invitation may lie over a weekend."""


@require_http_methods(FORM)
@owners
def shop(request: StaffRequest) -> HttpResponse:
    form = ShopForm(request.POST or None, instance=request.store)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("office:settings")
    return render(request, "office/settings_shop.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(FORM)
@owners
def brand(request: StaffRequest) -> HttpResponse:
    """Shows what becomes of the colours; saves them only where asked to (the other button just looks)."""
    form = BrandForm(request.POST or _brand_now(request))
    is_good = form.is_valid()
    if request.method == "POST" and is_good and "look" not in request.POST:
        actions.change_brand(request.store, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved. Customers see the new look at once."))
        return redirect("office:settings-brand")
    face = HEADING_FACES.get(str(form.data.get("heading_face")), "")
    context = {"form": form, "face": face}
    return render(request, "office/settings_brand.html", context, status=200 if is_good else 400)


def _brand_now(request: StaffRequest) -> dict[str, object]:
    names = ("colour", "tint", "radius", "heading_face")
    return {name: getattr(request.store, f"brand_{name}") for name in names}


@require_safe
@owners
def team(request: StaffRequest) -> HttpResponse:
    return _team(request)


def _team(request: StaffRequest, form: InviteForm | None = None, **more: str) -> HttpResponse:
    members = request.store.memberships.by_name()
    context = {"members": members, "form": form or InviteForm(), **more}
    return render(request, "office/settings_team.html", context, status=400 if form and form.errors else 200)


@require_POST
@owners
def invite(request: StaffRequest) -> HttpResponse:
    """Somebody new gets a link, shown once; somebody of another shop has their own way in, not ours to give."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _team(request, form)
    try:
        membership, is_new = actions.invite(request.store, **form.cleaned_data)
    except (actions.TeamError, ValidationError) as error:
        form.add_error("email", error if isinstance(error, ValidationError) else str(error))
        return _team(request, form)
    member = membership.member
    if membership.waits:
        mail.soon(mail.send_sign_in_link, member.email)
        said = _("We have written to %(email)s: the link in that mail opens the shop for them.")
        messages.success(request, said % {"email": member.email})
        return _team(request)
    messages.success(request, _("%(name)s is in the team.") % {"name": member.name})
    link = _first_link(member) if is_new else ""
    return _team(request, link=link, invited=member.name)


def _first_link(member: Member) -> str:
    """Shown to whoever invites, so it proves nothing about the address."""
    now = timezone.now()
    return actions.make_sign_in_link(member, now=now, hours=LINK_FOR_INVITED, proves_address=False)


@require_POST
@owners
def change_role(request: StaffRequest, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(Membership, store=request.store, pk=membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        actions.change_role(membership, role=form.cleaned_data["role"])
        messages.success(request, _("Saved."))
    except actions.TeamError as error:
        messages.error(request, str(error))
    return redirect("office:settings-team")


@require_POST
@owners
def remove(request: StaffRequest, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(Membership, store=request.store, pk=membership_id)
    try:
        actions.leave(membership)
        messages.success(request, _("%(name)s is no longer in the team.") % {"name": membership.member.name})
    except actions.TeamError as error:
        messages.error(request, str(error))
    return redirect("office:settings-team")


@require_http_methods(FORM)
@staff
def me(request: StaffRequest) -> HttpResponse:
    form = MeForm(request.POST or None, instance=request.member)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return keep_look(redirect("office:settings-me"), request.member)
    return _me(request, form)


def _me(request: StaffRequest, form: MeForm, password_form: PasswordForm | None = None) -> HttpResponse:
    context = {
        "form": form,
        "password_form": password_form or PasswordForm(member=request.member),
        "shops": shops_of(request.member),
    }
    is_wrong = form.errors or (password_form and password_form.errors)
    return render(request, "office/settings_me.html", context, status=400 if is_wrong else 200)


@sensitive_post_parameters()
@require_POST
@staff
def password(request: StaffRequest) -> HttpResponse:
    form = PasswordForm(request.POST, member=request.member)
    if not form.is_valid():
        return _me(request, MeForm(instance=request.member), form)
    request.member.set_password(form.cleaned_data["new"])
    request.member.save(update_fields=["password"])
    update_session_auth_hash(request, request.member)  # this device stays signed in, all others are out
    messages.success(request, _("The new password holds from now on. Other devices are signed out."))
    return redirect("office:settings-me")
