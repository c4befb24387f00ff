"""One page for each thing bought: how to care for it, what it can do, until when it is guaranteed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from passaparola.account.details import known_of
from passaparola.account.helping import Article, article_of
from passaparola.account.loading import picture
from passaparola.account.rules.helping import values_of
from passaparola.account.rules.page import web_only
from passaparola.account.rules.situation import of_order
from passaparola.guides.models import Guide, GuideFile, ProductSheet
from passaparola.guides.queries import about_products
from passaparola.guides.rules.warranty import LEGAL_MONTHS, ends_on
from passaparola.orders.models import Line
from passaparola.products.models import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A care guide or an answer, with what belongs to it."""

    article: Article
    is_care: bool
    pictures: Sequence[GuideFile]
    papers: Sequence[GuideFile]
    video_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    image_url: str
    page_url: str
    specs: Sequence[tuple[str, str]]
    care: str
    """The shop's short note."""
    guides: Sequence[Told]
    answers: Sequence[Told]
    warranty: str
    related: Sequence[Product]


def thing_of(line: Line, language: str, *, now: datetime) -> Thing:
    order = line.order
    known, moment = known_of(order, language, now)
    values = values_of(known, of_order(known, moment)[1], moment)
    product = _product(line)
    sheet = ProductSheet.objects.filter(product=product).first() if product else None
    arrived = order.delivered_at.astimezone(order.store.zone).date() if order.delivered_at else None
    until = ends_on(arrived, (sheet and sheet.warranty_months) or LEGAL_MONTHS) if arrived else None
    values |= {"warranty_until": moment.full_day(until) if until else ""}
    told = (
        [_told(guide, language, values) for guide in about_products([product], store=order.store)]
        if product
        else []
    )
    notes = (
        ((product.care_it, product.care_en) if language == "it" else (product.care_en, product.care_it))
        if product
        else ("", "")
    )
    return Thing(
        name=f"{line.title}, {line.variant}"
        if line.variant and line.variant not in line.title
        else line.title,
        image_url=web_only(
            picture(line.image_url or (product.image_url if product else "")), "https://", "/static/"
        ),
        page_url=web_only(product.page_url) if product and product.is_published else "",
        specs=sheet.specs(language) if sheet else (),
        care=notes[0] or notes[1],
        guides=[one for one in told if one.is_care],
        answers=[one for one in told if not one.is_care],
        warranty=_warranty(until, arrived, sheet, moment.full_day(until) if until else ""),
        related=list(sheet.related.filter(deleted_at=None, is_published=True)) if sheet else (),
    )


def _product(line: Line) -> Product | None:
    if not line.product_external_id:
        return None
    ours = Product.objects.filter(store=line.order.store_id, source=line.order.source, deleted_at=None)
    return ours.filter(external_id=line.product_external_id).first()


def _told(guide: Guide, language: str, values: dict[str, str]) -> Told:
    files = list(guide.files.all())
    return Told(
        article=article_of(guide, language, values),
        is_care=guide.kind == "care",
        pictures=[file for file in files if file.is_picture],
        papers=[file for file in files if not file.is_picture],
        video_url=web_only(guide.video_url),
    )


def _warranty(until: date | None, arrived: date | None, sheet: ProductSheet | None, day: str) -> str:
    """Say until when; before it has arrived, for how long."""
    own = sheet.warranty_months if sheet else None
    if until is None or arrived is None:
        months = own or LEGAL_MONTHS
        return _("%(months)s months from the day it arrives.") % {"months": months}
    if own and own > LEGAL_MONTHS:
        return _("We guarantee it until %(day)s, longer than the law asks.") % {"day": day}
    return _("Guaranteed until %(day)s.") % {"day": day}
