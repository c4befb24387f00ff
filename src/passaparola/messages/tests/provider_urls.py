"""The addresses that an installation with a provider's webhook secret has."""

from django.urls import include, path

urlpatterns = [path("mail-hooks/", include("anymail.urls"))]
