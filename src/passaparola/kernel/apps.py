from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "passaparola.kernel"
    label = "kernel"
