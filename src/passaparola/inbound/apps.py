from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "passaparola.inbound"
    label = "inbound"
