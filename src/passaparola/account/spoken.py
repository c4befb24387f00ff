"""Which language a page without a kept answer speaks."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from passaparola.account.fast import wish_of
from passaparola.kernel.ui.languages import language_of
from passaparola.stores.models import Store


def spoken(request: HttpRequest, store: Store, theirs: str = "") -> str:
    """The language asked for, else the reader's own as the shop knows it, else the browser's, else the shop's."""
    wish = wish_of(request.META.get("QUERY_STRING", ""))
    browsers = translation.get_language_from_request(request) if "Accept-Language" in request.headers else ""
    return language_of(wish, theirs, browsers, store.language)


def goes_along(response: HttpResponse, language: str) -> HttpResponse:
    """Send on in this language: whoever chose one reads on in it, wherever a form or a guard leads."""
    where = urlsplit(response.headers.get("Location", ""))
    is_ours = not where.netloc and where.path.startswith("/")
    if is_ours and not wish_of(where.query):
        query = f"{where.query}&lang={language}" if where.query else f"lang={language}"
        response.headers["Location"] = where._replace(query=query).geturl()
    return response


def has_chosen(request: HttpRequest) -> bool:
    """Tell whether a language was chosen on the page, by its `?lang=`."""
    return bool(wish_of(request.META.get("QUERY_STRING", "")))
