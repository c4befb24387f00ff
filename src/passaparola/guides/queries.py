"""Finding guides: for an order, for a product, by words."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from passaparola.guides.models import Guide
from passaparola.guides.rules.kinds import ALWAYS
from passaparola.products.models import Product
from passaparola.stores.models import Store

CONFIGS = {"it": "italian", "en": "english"}
MOST_FOUND = 20
LONGEST_QUESTION = 120


def search(store: Store, text: str, language: str) -> list[Guide]:
    """Return the published guides that fit what was typed, the best first; in the other language if in none here."""
    text = text.replace("\x00", "").strip()[:LONGEST_QUESTION]
    if not text:
        return []
    languages = [language, *(other for other in CONFIGS if other != language)]
    return next(filter(None, (_found(store, text, one) for one in languages)), [])


def _found(store: Store, text: str, language: str) -> list[Guide]:
    query = SearchQuery(text, config=CONFIGS[language], search_type="websearch")
    guides = Guide.objects.of(store).published().filter(**{f"words_{language}": query})
    return list(
        guides.annotate(rank=SearchRank(F(f"words_{language}"), query)).order_by("-rank", "pk")[:MOST_FOUND]
    )


def help_for(store: Store, moment: str) -> list[Guide]:
    """Return the shop's help, what is asked in this moment of an order first; empty for none in particular."""
    found = list(Guide.objects.of(store).published().filter(kind="help").in_order())
    return sorted(found, key=lambda guide: (guide.topic in ALWAYS, moment not in guide.moments))


def about_products(products: Sequence[Product], *, store: Store) -> list[Guide]:
    """Return care guides and answered questions for these products, those for one of them first."""
    found = Guide.objects.of(store).published().about(list(products)).in_order().prefetch_related("files")
    return sorted(found, key=lambda guide: (guide.kind != "care", guide.product_id is None))
