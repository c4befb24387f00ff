from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "passaparola.office"
    label = "office"
