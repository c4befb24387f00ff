"""Every address, by concept."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from passaparola.office.views.sign_in import raw

urlpatterns: list[URLPattern | URLResolver] = [
    path("hooks/", include("passaparola.inbound.urls")),
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
    path("", include("passaparola.account.urls")),
    path("raw/login/", raw),
    path("raw/", admin.site.urls),
]
