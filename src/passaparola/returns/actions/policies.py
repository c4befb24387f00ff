"""Setting the shop's rules."""

import re
import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from passaparola.returns.actions.errors import CannotError
from passaparola.returns.models import Policy, Settings
from passaparola.stores.models import Store

MOST_POLICIES, MOST_REASONS = 60, 20


@transaction.atomic
def add_policy(policy: Policy, *, store: Store) -> Policy:
    if Policy.objects.filter(store=store).count() >= MOST_POLICIES:
        raise CannotError(_("Sixty rules are the most a shop can have."))
    policy.store = store
    policy.save()
    return policy


@transaction.atomic
def add_reason(store: Store, *, words: str, words_it: str, is_our_doing: bool, needs_photo: bool) -> None:
    """Offer one more reason; its key is made of its English words, once."""
    settings, _made = Settings.objects.select_for_update().get_or_create(store=store)
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    key = "own_" + (re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or str(len(settings.own_reasons)))
    others = [reason for reason in settings.own_reasons if reason["key"] != key]
    if len(others) >= MOST_REASONS:
        raise CannotError(_("Twenty reasons of your own are the most."))
    reason = {
        "key": key,
        "words": words,
        "words_it": words_it,
        "is_our_doing": is_our_doing,
        "needs_photo": needs_photo,
    }
    settings.own_reasons = [*others, reason]
    settings.save(update_fields=["own_reasons"])


@transaction.atomic
def drop_reason(store: Store, *, key: str) -> None:
    """Offer it no more; returns filed with it keep it."""
    settings, _made = Settings.objects.select_for_update().get_or_create(store=store)
    settings.own_reasons = [
        reason | {"is_off": True} if reason["key"] == key else reason for reason in settings.own_reasons
    ]
    settings.save(update_fields=["own_reasons"])
