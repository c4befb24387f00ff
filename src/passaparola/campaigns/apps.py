from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "passaparola.campaigns"
    label = "campaigns"
