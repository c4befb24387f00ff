from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "passaparola.journeys"
    label = "journeys"
