"""A campaign's letter as a page: what everybody got, with nobody's name in it."""

from datetime import datetime

from passaparola.campaigns.models import Campaign
from passaparola.campaigns.wording import template_of
from passaparola.kernel.http.security import written
from passaparola.messages.kind import KINDS
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.example import bare
from passaparola.messages.rendering.texts import TemplateError

POLICY = written(
    {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "'self' https: data:"}
    | {"frame-ancestors": "'self'", "base-uri": "'none'", "form-action": "'none'"}
    | {"sandbox": "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"}
)
"""A mail is styled line by line. Its page may do that and follow links, and nothing else."""


def page(campaign: Campaign, *, language: str, now: datetime) -> str | None:
    """Return the page; None before it was published, where it goes by no mail, or where it can't be shown."""
    store, kind = campaign.store, KINDS.get(campaign.template.kind)
    if kind is None or not campaign.has_letter or not campaign.template.versions.live().exists():
        return None
    try:
        template = template_of(campaign, language or store.language)
        return template.render(content(bare(store, kind, template.language, now))).html
    except TemplateError:
        return None
