"""The languages that pages and messages speak."""

from django.conf import settings

LANGUAGES = {"en": "English", "it": "Italiano"}


def language_of(*wishes: str) -> str:
    """Return the first of the wishes that we speak (`it-IT` is Italian), else the installation's own."""
    spoken = (wish.strip().lower().replace("_", "-").partition("-")[0] for wish in wishes)
    return next((language for language in spoken if language in LANGUAGES), settings.LANGUAGE_CODE)
