from django.apps import AppConfig


class StoresConfig(AppConfig):
    name = "passaparola.stores"
    label = "stores"
