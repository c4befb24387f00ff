"""The verbs of stores: opening one, its team, and the ways in."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from passaparola.stores.models import Member, Membership, Role, SignInLink, Store

LINK_HOURS = 0.25
"""How long a link that came by e-mail works."""


class TeamError(ValueError):
    """The team can't be changed so; the sentence says why, in the reader's language."""


@transaction.atomic
def open_store(
    name: str,
    *,
    url: str,
    language: str,
    owner_email: str = "",
    owner_name: str = "",
    now: datetime,
    **more: str,
) -> Store:
    """Open a shop, with its first owner where there is one. `more` are further columns (city, tagline)."""
    store = Store.objects.create(
        slug=_free_slug(name),
        name=name,
        url=url,
        language=language,
        created_at=now,
        brand_changed_at=now,
        **more,
    )
    if owner_email:
        invite(store, email=owner_email, name=owner_name, role=Role.OWNER)
    return store


def _free_slug(name: str) -> str:
    """`bottega-luna`, or with a number from the second of a name on."""
    base = slugify(name)[:50].strip("-") or "shop"
    taken = set(Store.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )


@transaction.atomic
def invite(store: Store, *, email: str, name: str, role: str) -> tuple[Membership, bool]:
    """Take somebody into a shop's team; also tells whether they are new to this installation.

    Somebody who is in the team of another shop keeps name, password and language. As whoever invites gets the
    first link, that shop could have made the account in somebody's name and be waiting for us: unless the
    address has been proved since, the membership waits for that (`Membership.waits`).
    Raises TeamError where they are in this team already, ValidationError where `email` is no address.
    """
    email = email.strip().lower()
    validate_email(email)
    member = Member.objects.filter(email=email).first()
    is_new = member is None
    if member is None:
        member = Member.objects.create_user(email, None, name=name.strip() or email, language=store.language)
    given = {"role": role, "waits": not is_new and member.proved_at is None}
    membership, made = Membership.objects.get_or_create(store=store, member=member, defaults=given)
    if not made:
        raise TeamError(_("%(name)s is in the team already.") % {"name": member.name})
    return membership, is_new


@transaction.atomic
def change_role(membership: Membership, *, role: str) -> None:
    """Make somebody owner or agent. Raises TeamError where the shop would be left without an owner."""
    _keep_an_owner(membership, stays=role == Role.OWNER)
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def leave(membership: Membership) -> None:
    """Take somebody out of a team; what they did stays. Raises TeamError for the last owner."""
    _keep_an_owner(membership, stays=False)
    membership.delete()


def _keep_an_owner(membership: Membership, *, stays: bool) -> None:
    # The shop's row is locked: two owners can't take the role off each other at the same moment.
    store = Store.objects.select_for_update().get(pk=membership.store_id)
    others = store.memberships.owners().exclude(pk=membership.pk)
    if not stays and membership.role == Role.OWNER and not others.exists():
        raise TeamError(_("A shop needs at least one owner. Make somebody else owner first."))


def change_brand(
    store: Store, *, colour: str, tint: str, radius: int, heading_face: str, now: datetime
) -> None:
    """Give the shop's pages another look; `brand_changed_at` makes devices fetch it."""
    store.brand_colour, store.brand_tint = colour, tint
    store.brand_radius, store.brand_heading_face = radius, heading_face
    store.brand_changed_at = now
    store.save(
        update_fields=["brand_colour", "brand_tint", "brand_radius", "brand_heading_face", "brand_changed_at"]
    )


def make_sign_in_link(
    member: Member, *, now: datetime, hours: float = LINK_HOURS, proves_address: bool = True
) -> str:
    """Return an address that signs this person in once, within so many hours, and can't be guessed.

    It proves their e-mail address unless it is shown to somebody else of a team.
    """
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        member=member,
        digest=_digest(token),
        made_at=now,
        expires_at=now + timedelta(hours=hours),
        proves_address=proves_address,
    )
    return settings.PUBLIC_URL + reverse("office:sign-in-link", args=[token])


def link_works(token: str, *, now: datetime) -> bool:
    """Tell whether a link would still sign somebody in. Changes nothing: mail scanners open every link."""
    return SignInLink.objects.usable(now=now).filter(digest=_digest(token)).exists()


@transaction.atomic
def use_sign_in_link(token: str, *, now: datetime) -> Member | None:
    """Spend a link and return whom it signs in; None where it is unknown, spent or too old."""
    # One UPDATE decides: of two simultaneous uses only one finds the link unspent.
    link = SignInLink.objects.filter(digest=_digest(token))
    if not link.filter(used_at=None, expires_at__gt=now).update(used_at=now):
        return None
    used = link.select_related("member").get()
    if used.proves_address and used.member.proved_at is None and used.member.is_active:
        _prove(used.member, now=now)
    return used.member if used.member.is_active else None


def _prove(member: Member, *, now: datetime) -> None:
    """The address is theirs. Whoever had a way into the account before has none any more."""
    member.proved_at = now
    member.set_unusable_password()  # ends all sessions too
    member.save(update_fields=["proved_at", "password"])
    member.sign_in_links.filter(used_at=None).update(used_at=now)
    member.memberships.update(waits=False)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
