"""The page in the editor's frame: one mail, or one in each language, on a phone or a desk, by day or by night."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from passaparola.customers.models import Customer
from passaparola.kernel.http.security import written
from passaparola.messages.editor.checks import compiled
from passaparola.messages.editor.desk import Desk
from passaparola.messages.editor.trial import data_for
from passaparola.messages.rendering.texts import TemplateError

ALONE = written(
    {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "'self' https: data:",
        "frame-src": "'self'",
    }
    | {"frame-ancestors": "'self'", "sandbox": ""}
)
"""Mails are styled line by line. So their frame may do that, and nothing else: no script, no form, no origin."""
_NIGHT = re.compile(r"@media \(prefers-color-scheme:\s*dark\)")
LANGUAGES = {"en": "English", "it": "Italiano"}


def page(
    desk: Desk,
    *,
    languages: Sequence[str],
    is_phone: bool,
    is_night: bool,
    customer: Customer | None,
    now: datetime,
) -> SafeString:
    """Return the whole page, with a sentence in place of a mail that can't be written."""
    context = {
        "mails": [_mail(desk, language, customer, now, is_night=is_night) for language in languages],
        "is_phone": is_phone,
        "is_night": is_night,
    }
    return render_to_string("messages/editor/preview.html", context)


def _mail(
    desk: Desk, language: str, customer: Customer | None, now: datetime, *, is_night: bool
) -> dict[str, str]:
    shown = {"language": language, "name": LANGUAGES[language]}
    try:
        template = compiled(desk.kind.key, language, desk.texts[language], desk.store)
        data = data_for(desk.store, desk.kind, language, customer, now)
        mail, short = template.render(data), template.short(data)
    except TemplateError as error:
        return shown | {"error": str(error)}
    # The reader's day or night is chosen on the page, not by whoever's computer this is.
    html = _NIGHT.sub("@media all" if is_night else "@media not all", mail.html)
    return shown | {"subject": mail.subject, "html": html, "text": mail.text, "short": short}
