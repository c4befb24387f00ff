from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "passaparola.customers"
    label = "customers"
