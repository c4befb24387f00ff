"""Which language a page without a kept answer speaks."""

from django.http import HttpRequest
from django.utils import translation

from passaparola.account.fast import wish_of
from passaparola.kernel.ui.languages import language_of
from passaparola.stores.models import Store


def spoken(request: HttpRequest, store: Store, theirs: str = "") -> str:
    """The language asked for, else the reader's own as the shop knows it, else the browser's, else the shop's."""
    wish = wish_of(request.META.get("QUERY_STRING", ""))
    browsers = translation.get_language_from_request(request) if "Accept-Language" in request.headers else ""
    return language_of(wish, theirs, browsers, store.language)
