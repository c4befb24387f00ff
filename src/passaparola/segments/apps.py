from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "passaparola.segments"
    label = "segments"
