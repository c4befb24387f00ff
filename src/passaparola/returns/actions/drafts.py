"""Filling in a return, page by page. What is wrong is said at once, in a sentence, and nothing is lost."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.kernel.pictures import Picture
from passaparola.orders.models import Order
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.models import Draft, Photo
from passaparola.returns.rules.policy import Resolution, Terms, Way
from passaparola.returns.rules.reasons import choosable
from passaparola.returns.standing import Pieces, Standing, standing_of

MOST_DRAFTS = 40
"""Of one order at a time: more is no customer."""
MOST_PHOTOS = 4
"""Of one thing."""


@transaction.atomic
def begin(order: Order, *, pieces: Pieces, now: datetime) -> Draft:
    """Keep what somebody wants to send back; raises CannotError for what they may not."""
    check_pieces(standing_of(order, now=now), pieces)
    if Draft.objects.filter(order=order).count() >= MOST_DRAFTS:
        raise CannotError(
            _("You have begun many returns of this order. Go on with one of them, or come back tomorrow.")
        )
    items = {str(line): {"quantity": quantity} for line, quantity in pieces.items()}
    return Draft.objects.create(order=order, key=token_urlsafe(18), items=items, made_at=now)


def check_pieces(standing: Standing, pieces: Pieces) -> None:
    """Refuse what is not the order's, what may not go back, and more than is left."""
    if not pieces:
        raise CannotError(_("Choose what you want to send back."))
    for pk, quantity in pieces.items():
        found = standing.by_id.get(pk)
        if found is None:
            raise CannotError(_("That is not part of this order."))
        if not found.verdict.may:
            raise CannotError(_("%(thing)s can’t go back any more.") % {"thing": found.line.title})
        if not 1 <= quantity <= found.left:
            raise CannotError(
                _("Of %(thing)s you can send back up to %(left)d.")
                % {"thing": found.line.title, "left": found.left}
            )


def say_why(draft: Draft, *, reasons: Mapping[int, str], notes: Mapping[int, str], now: datetime) -> None:
    """Keep the reason for each thing. Raises CannotError where one is missing, or a photo that it needs."""
    standing = standing_of(draft.order, now=now)
    offered = choosable(standing.reasons)
    for pk in pieces_of(draft):
        item = draft.items[str(pk)]
        reason = offered.get(reasons.get(pk, ""))
        item["reason"] = reason.key if reason else ""
        item["note"] = notes.get(pk, "").strip()[:500]
    draft.save(update_fields=["items"])
    check_reasons(draft, standing)


def check_reasons(draft: Draft, standing: Standing) -> None:
    offered = choosable(standing.reasons)
    photos = set(draft.photos.values_list("line", flat=True))
    for pk in pieces_of(draft):
        thing = standing.by_id[pk].line.title if pk in standing.by_id else ""
        reason = offered.get(draft.items[str(pk)].get("reason", ""))
        if reason is None:
            raise CannotError(_("Tell us why you send %(thing)s back.") % {"thing": thing})
        if reason.needs_photo and pk not in photos:
            raise CannotError(
                _("Please add a photo of %(thing)s: we want to see what happened.") % {"thing": thing}
            )


def choose(
    draft: Draft,
    *,
    resolution: str = "",
    wants: str | None = None,
    way: str = "",
    note: str | None = None,
    now: datetime,
) -> None:
    """Keep what they want for it and how they send it, each where it is given."""
    standing = standing_of(draft.order, now=now)
    holds = terms_of(draft, standing)
    if wants is not None:
        draft.choice["wants"] = wants.strip()[:300]
    if resolution:
        if resolution not in holds.resolutions:
            draft.save(update_fields=["choice"])  # what they wrote is not lost
            raise CannotError(_("Choose what you would like for it."))
        draft.choice["resolution"] = Resolution(resolution).value
    if draft.choice.get("resolution") in {Resolution.VARIANT, Resolution.PRODUCT} and not draft.choice.get(
        "wants"
    ):
        draft.save(update_fields=["choice"])
        raise CannotError(_("Tell us which one you would like instead."))
    if way:
        if way not in holds.ways:
            raise CannotError(_("Choose one of these."))
        draft.choice["way"] = Way(way).value
    if note is not None:
        draft.choice["note"] = note.strip()[:2000]
    draft.save(update_fields=["choice"])


def pieces_of(draft: Draft) -> dict[int, int]:
    return {int(pk): int(item["quantity"]) for pk, item in draft.items.items()}


def reasons_of(draft: Draft) -> dict[int, str]:
    return {int(pk): str(item.get("reason", "")) for pk, item in draft.items.items()}


def terms_of(draft: Draft, standing: Standing) -> Terms:
    return standing.terms(pieces_of(draft), reasons_of(draft))


def add_photo(draft: Draft, *, line: int, picture: Picture, now: datetime) -> Photo:
    """Keep a picture of one of the things; beyond `MOST_PHOTOS` the oldest makes room."""
    if line not in pieces_of(draft):
        raise CannotError(_("That is not part of this return."))
    made = Photo.objects.create(
        draft=draft,
        line_id=line,
        content=picture.content,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        taken_at=now,
    )
    newest = draft.photos.filter(line=line).order_by("-pk").values_list("pk", flat=True)[:MOST_PHOTOS]
    draft.photos.filter(line=line).exclude(pk__in=list(newest)).delete()
    return made


def drop_photo(draft: Draft, *, photo: int) -> None:
    draft.photos.filter(pk=photo).delete()
