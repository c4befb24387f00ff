"""A campaign's letter as a page: what everybody got, with nobody's name in it."""

from datetime import datetime

from passaparola.campaigns.models import Campaign
from passaparola.kernel.http.security import written
from passaparola.messages.kind import KINDS
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.example import bare
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.versions import Versions

POLICY = written(
    {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "'self' https: data:"}
    | {"frame-ancestors": "'self'", "base-uri": "'none'", "form-action": "'none'"}
    | {"sandbox": "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"}
)
"""A mail is styled line by line. Its page may do that and follow links, and nothing else."""


def page(campaign: Campaign, *, language: str, now: datetime) -> str | None:
    """Return the page; None before it was published or where it can't be shown."""
    store, kind = campaign.store, KINDS.get(campaign.template.kind)
    if kind is None or not campaign.template.versions.live().exists():
        return None
    versions = Versions.of([store.pk], [kind.key], [campaign.template_id])
    try:
        template = versions.template(kind.key, language or store.language, store, campaign.template_id)
        return template.render(content(bare(store, kind, template.language, now))).html
    except TemplateError:
        return None
