from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "passaparola.account"
    label = "account"
