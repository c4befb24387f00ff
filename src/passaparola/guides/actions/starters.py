"""The questions every shop is asked, as drafts in both languages to begin with."""

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.db import transaction

from passaparola.guides.actions.write import save
from passaparola.guides.models import Guide
from passaparola.stores.models import Store


@transaction.atomic
def add_starters(store: Store, *, is_published: bool = False, now: datetime) -> int:
    """Add the starters whose title the shop does not have yet; return how many. Drafts unless said otherwise."""
    have = set(Guide.objects.of(store).values_list("title_en", flat=True))
    fresh = [text for text in _texts() if text["title_en"] not in have]
    for position, text in enumerate(fresh):
        published_at = now if is_published else None
        save(
            Guide(
                store=store, position=10 * (position + 1), published_at=published_at, changed_at=now, **text
            ),
            now=now,
        )
    return len(fresh)


def _texts() -> list[dict[str, Any]]:
    raw = (files("passaparola.guides") / "starters" / "help.it.en.toml").read_text()
    return list(tomllib.loads(raw)["guide"])
