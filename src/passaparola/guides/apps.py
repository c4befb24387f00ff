from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "passaparola.guides"
    label = "guides"
