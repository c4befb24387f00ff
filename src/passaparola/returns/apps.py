from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "passaparola.returns"
    label = "returns"
