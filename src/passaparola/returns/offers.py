"""What a return would mean, said before anybody agrees to it: the pages of the wizard as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passaparola.kernel.ui import formats
from passaparola.orders.models import Line, Order
from passaparola.products.models import Product
from passaparola.returns.actions.drafts import pieces_of, terms_of
from passaparola.returns.actions.file import settlement
from passaparola.returns.models import Draft
from passaparola.returns.rules.policy import Policy, Resolution, Terms
from passaparola.returns.rules.reasons import tree
from passaparola.returns.rules.window import add_working_days
from passaparola.returns.standing import LineStanding, Standing, standing_of
from passaparola.returns.words import NOS, RESOLUTIONS, WAYS, in_words

MANY = 10
"""Up to so many pieces are offered as a list to choose from; more are typed."""
MOST_SUGGESTED = 40
"""What one can have instead, of one kind; the rest is written."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One line as the first page shows it."""

    pk: int
    title: str
    variant: str
    image_url: str
    left: int
    chosen: int
    numbers: range | None
    no: str
    until: date | None


def start_page(order: Order, *, chosen: Mapping[int, int], now: datetime) -> dict[str, Any]:
    standing = standing_of(order, now=now)
    offers = [_offer(one, chosen) for one in standing.lines if one.ordered and one.line.title]
    policies = {one.verdict.policy for one in standing.lines if one.verdict.may}
    last_days = {one.verdict.until for one in standing.lines if one.verdict.may}
    return {
        "offers": [offer for offer in offers if not offer.no],
        "refused": [offer for offer in offers if offer.no],
        "until": next(iter(last_days)) if len(last_days) == 1 else None,
        "words": [words for policy in policies if (words := own_words(policy))],
        "fees": sorted({policy.fee for policy in policies if policy.fee}),
        "may_withdraw": standing.may_withdraw and bool(standing.withdrawable()),
        "withdraw_until": standing.withdraw_until,
        "is_new": standing.is_new,
    }


def own_words(policy: Policy) -> str:
    return policy.words_it if (get_language() or "").startswith("it") and policy.words_it else policy.words_en


def _offer(one: LineStanding, chosen: Mapping[int, int]) -> Offer:
    return Offer(
        pk=one.line.pk,
        title=one.line.title,
        variant=one.line.variant,
        image_url=one.image_url,
        left=one.left,
        chosen=chosen.get(one.line.pk, 0),
        numbers=range(1, one.left + 1) if 1 < one.left <= MANY else None,
        no="" if one.verdict.no is None else str(NOS[one.verdict.no]),
        until=one.verdict.until,
    )


def why_page(draft: Draft, *, now: datetime) -> dict[str, Any]:
    standing = standing_of(draft.order, now=now)
    photos = [*draft.photos.values_list("line", flat=True)]
    items = []
    for pk, quantity in pieces_of(draft).items():
        if pk not in standing.by_id:
            continue
        one, said = standing.by_id[pk], draft.items[str(pk)]
        items.append(
            {
                "pk": pk,
                "title": one.line.title,
                "variant": one.line.variant,
                "quantity": quantity,
                "reason": said.get("reason", ""),
                "note": said.get("note", ""),
                "photos": photos.count(pk),
            }
        )
    return {"items": items, "groups": _groups(standing)}


def _groups(standing: Standing) -> list[dict[str, Any]]:
    """The tree of reasons with what each means, for cards (one thing) and lists (several)."""
    return [
        {
            "words": in_words(reason),
            "choices": [
                {"key": step.key, "words": in_words(step), "hint": _hint(step.is_our_doing, step.needs_photo)}
                for step in (steps or [reason])
            ],
            "is_one": not steps,
        }
        for reason, steps in tree(standing.reasons)
    ]


def _hint(is_our_doing: bool, needs_photo: bool) -> str:  # noqa: FBT001
    if is_our_doing and needs_photo:
        return _("It costs you nothing. We need a photo.")
    if is_our_doing:
        return _("It costs you nothing.")
    return _("We need a photo.") if needs_photo else ""


def what_page(draft: Draft, *, now: datetime) -> dict[str, Any]:
    standing = standing_of(draft.order, now=now)
    holds = terms_of(draft, standing)
    wants = {Resolution.VARIANT, Resolution.PRODUCT} & {*holds.resolutions}
    lists, wished = _suggested(standing, draft, wants), draft.choice.get("wants", "")
    is_picked = any(wished in choices for _key, groups in lists for _label, choices in groups)
    return {
        "choices": [_choice(standing, draft, holds, resolution) for resolution in holds.resolutions],
        "chosen": draft.choice.get("resolution", ""),
        "picked": wished if is_picked else "",
        "wants": "" if is_picked else wished,
        "asks_what": bool(wants),
        "lists": lists,
        "is_kept": holds.is_kept,
    }


def _choice(standing: Standing, draft: Draft, holds: Terms, resolution: Resolution) -> dict[str, str]:
    settled = settlement(standing, pieces_of(draft), holds, resolution)
    currency, language = standing.order.currency, get_language() or "en"

    def money(amount: Decimal) -> str:
        return formats.money(amount, currency, language)

    hints = {
        Resolution.REFUND: _("%(amount)s, the way you paid.") % {"amount": money(settled.amount)},
        Resolution.CREDIT: _("%(amount)s to spend here.") % {"amount": money(settled.whole)},
        Resolution.VARIANT: _("At no extra cost."),
        Resolution.PRODUCT: _("If the price differs, we tell you first."),
        Resolution.REPLACEMENT: _("At no extra cost, as long as we have it."),
        Resolution.REPAIR: _("We tell you first whether it can be mended."),
    }
    hint = hints[resolution]
    if resolution is Resolution.REFUND and settled.fee:
        hint += " " + _("%(fee)s for the way back are taken off already.") % {"fee": money(settled.fee)}
    if resolution is Resolution.CREDIT and settled.bonus:
        hint += " " + _("%(bonus)s more than you paid.") % {"bonus": money(settled.bonus)}
    if resolution.is_money and not standing.is_paid:
        hint = _("We don’t see a payment for this order yet: one of us looks at it first.")
    return {"key": resolution.value, "words": str(RESOLUTIONS[resolution]), "hint": hint}


Groups = list[tuple[str, list[str]]]


def _suggested(standing: Standing, draft: Draft, wants: set[Resolution]) -> list[tuple[str, Groups]]:
    """What one may have instead, to choose from or write over: by resolution, by thing where there are several."""
    lines = [standing.by_id[pk].line for pk in pieces_of(draft) if pk in standing.by_id]
    found: list[tuple[str, Groups]] = []
    if Resolution.VARIANT in wants:
        groups = [
            (line.title, choices) for line, choices in _other_variants(standing.order, lines) if choices
        ]
        if len(groups) > 1:
            groups = [(title, [f"{title}: {one}" for one in choices]) for title, choices in groups]
        found.append((Resolution.VARIANT.value, groups))
    if Resolution.PRODUCT in wants:
        ours = Product.objects.filter(
            store=standing.order.store_id, source=standing.order.source, deleted_at=None, is_published=True
        )
        had = {line.product_external_id for line in lines}
        rows = (
            ours.exclude(external_id__in=had).order_by("category", "title").values_list("category", "title")
        )
        by_category: dict[str, list[str]] = {}
        for category, title in rows[:MOST_SUGGESTED]:
            by_category.setdefault(category or _("Something else from the shop"), []).append(title)
        found.append((Resolution.PRODUCT.value, list(by_category.items())))
    return [(key, groups) for key, groups in found if groups]


def _other_variants(order: Order, lines: list[Line]) -> list[tuple[Line, list[str]]]:
    """The variants of each thing but its own: as the catalogue has them, else as they were bought lately."""
    products = {line.product_external_id for line in lines if line.product_external_id}
    told = Product.objects.filter(store=order.store_id, source=order.source, external_id__in=products)
    known: dict[str, list[str]] = dict(told.exclude(variants=[]).values_list("external_id", "variants"))
    known |= _bought_lately(order, sorted(products - known.keys()))
    return [
        (
            line,
            [one for one in known.get(line.product_external_id, []) if one != line.variant][:MOST_SUGGESTED],
        )
        for line in lines
    ]


def _bought_lately(order: Order, products: list[str]) -> dict[str, list[str]]:
    """Variants of these products in the shop's last 600 orders: looking through all lines ever sold would make
    the page slower with every year.
    """
    if not products:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.product_external_id, array_agg(DISTINCT l.variant) FROM (SELECT id FROM orders_order"
            " WHERE store_id = %s ORDER BY placed_at DESC NULLS LAST LIMIT 600) o"
            " JOIN orders_line l ON l.order_id = o.id"
            " WHERE l.product_external_id = ANY(%s) AND l.variant <> '' GROUP BY 1",
            [order.store_id, products],
        )
        return dict(cursor.fetchall())


def how_page(draft: Draft, *, now: datetime) -> dict[str, Any]:
    standing = standing_of(draft.order, now=now)
    holds = terms_of(draft, standing)
    ways = [(way.value, WAYS[way][0], WAYS[way][1]) for way in holds.ways]
    return {
        "ways": [] if holds.is_kept else ways,
        "chosen": draft.choice.get("way", ways[0][0] if len(ways) == 1 else ""),
        "note": draft.choice.get("note", ""),
        "promises": promised(standing, draft, holds, now=now),
        "is_kept": holds.is_kept,
    }


def promised(standing: Standing, draft: Draft, holds: Terms, *, now: datetime) -> list[tuple[str, str]]:
    """What will happen, in order, with its days: said before the button is pressed."""
    store = standing.order.store
    today = now.astimezone(store.zone).date()

    def day(when: date) -> str:
        return formats.day(when, get_language() or "en", store.zone, now)

    waits = holds.needs_a_person or not standing.is_paid
    decided = add_working_days(today, holds.decide_days, store.country)
    found = []
    if waits:
        found.append((_("We answer by %(day)s") % {"day": day(decided)}, _("One of us looks at it.")))
    else:
        found.append((_("Approved at once"), _("Nobody has to look at it first.")))
    if holds.is_kept:
        found.append((_("You keep it"), _("Nothing to send back.")))
    elif waits:
        found.append(
            (_("You send it"), _("You have %(days)d days from our yes.") % {"days": holds.send_days})
        )
    else:
        last = today + timedelta(days=holds.send_days)
        found.append(
            (
                _("You send it by %(day)s") % {"day": day(last)},
                _("Until then you can also keep it after all."),
            )
        )
    found.append(_last(standing, draft, holds, decided if waits else today, day))
    return found


def _last(standing: Standing, draft: Draft, holds: Terms, from_day: date, day: Any) -> tuple[str, str]:
    chosen = draft.choice.get("resolution", "")
    if chosen not in holds.resolutions:
        return (_("You get what you chose"), "")
    resolution = Resolution(chosen)
    settled = settlement(standing, pieces_of(draft), holds, resolution)
    amount = formats.money(settled.whole, standing.order.currency, get_language() or "en")
    title = {
        Resolution.REFUND: _("You get %(amount)s back") % {"amount": amount},
        Resolution.CREDIT: _("You get a credit of %(amount)s") % {"amount": amount},
        Resolution.REPAIR: _("We mend it and send it to you"),
    }.get(resolution, _("We send you the new one"))
    if holds.is_kept:
        by = add_working_days(from_day, holds.refund_days, standing.order.store.country)
        return title, _("By %(day)s.") % {"day": day(by)}
    return title, _("Within %(days)d working days of its arrival with us.") % {"days": holds.refund_days}
