from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "passaparola.tracking"
    label = "tracking"
