from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "passaparola.promises"
    label = "promises"
