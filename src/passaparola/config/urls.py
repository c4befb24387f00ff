"""Every address, by concept."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from passaparola.office.views.sign_in import raw

_provider = getattr(settings, "ANYMAIL", {})
_mail_hooks = [path("mail-hooks/", include("anymail.urls"))] if _provider.get("WEBHOOK_SECRET") else []
"""A provider's webhooks, where MAIL_URL names the secret they come with."""
urlpatterns: list[URLPattern | URLResolver] = [
    # Who types only the address is of the team: customers come by links, or to a shop's own name, answered before this.
    path("", RedirectView.as_view(pattern_name="office:today")),
    path("hooks/", include("passaparola.inbound.urls")),
    *_mail_hooks,
    path("office/", include("passaparola.kernel.ui.urls")),
    path("office/", include("passaparola.office.urls")),
    path("", include("passaparola.tracking.urls")),
    path("", include("passaparola.messages.urls")),
    path("", include("passaparola.messages.editor.urls")),
    path("", include("passaparola.promises.urls")),
    path("", include("passaparola.cases.urls")),
    path("", include("passaparola.guides.urls")),
    path("", include("passaparola.returns.urls")),
    path("", include("passaparola.segments.urls")),
    path("", include("passaparola.journeys.urls")),
    path("", include("passaparola.campaigns.urls")),
    path("", include("passaparola.timemachine.urls")),
    path("", include("passaparola.account.urls")),
    path("raw/login/", raw),
    path("raw/", admin.site.urls),
]
