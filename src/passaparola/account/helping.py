"""Help that knows the order: what is asked in its state comes first, with its own dates filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from passaparola.account.details import known_of
from passaparola.account.models import ChangeRequest
from passaparola.account.rules.helping import moment_of_order, values_of
from passaparola.account.rules.situation import of_order
from passaparola.account.voice import DjangoVoice
from passaparola.guides.models import Guide
from passaparola.guides.queries import help_for, search
from passaparola.guides.rules.filling import filled
from passaparola.orders.models import Order
from passaparola.stores.models import Store

FEWEST_ANSWERS = 5
"""Before so many answers no waiting time is told: it would be a guess."""
SINCE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Article:
    pk: int
    title: str
    html: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    articles: Sequence[Article]
    asked: str
    """What was typed; empty where everything is listed."""
    waits: str
    """How long one waits for an answer, measured; empty where nobody knows yet."""


def help_of(
    store: Store, language: str, *, order: Order | None = None, asked: str = "", now: datetime
) -> Help:
    values, moment = about(order, store, language, now)
    guides = search(store, asked, language) if asked else help_for(store, moment)
    articles = [article_of(guide, language, values) for guide in guides]
    return Help(
        articles=[article for article in articles if article.html],
        asked=asked,
        waits=waiting_time(store, language, now=now),
    )


def about(order: Order | None, store: Store, language: str, now: datetime) -> tuple[Mapping[str, str], str]:
    """Return what can be filled in, and the state of the order in a customer's words."""
    if order is None:
        return {"shop": store.name}, ""
    known, moment = known_of(order, language, now)
    situation, parcel = of_order(known, moment)
    return values_of(known, parcel, moment), moment_of_order(situation)


def article_of(guide: Guide, language: str, values: Mapping[str, str]) -> Article:
    html = filled(guide.html(language), values)
    return Article(guide.pk, guide.title(language), html, guide.topic)


def waiting_time(store: Store, language: str, *, now: datetime) -> str:
    """Say how long answers took lately: the middle one of the last two months; nothing where there are too few."""
    rows = ChangeRequest.objects.filter(store=store, decided_at__gte=now - SINCE)
    taken = [decided - asked for asked, decided in rows.values_list("asked_at", "decided_at") if decided]
    if len(taken) < FEWEST_ANSWERS:
        return ""
    hours = max(round(median(one.total_seconds() for one in taken) / 3600), 1)
    voice = DjangoVoice(language)
    if hours < 24:  # noqa: PLR2004 - a day
        said = voice.ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    else:
        days = round(hours / 24)
        said = voice.ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return said
