"""The look as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "passaparola.kernel.ui"
    label = "ui"
