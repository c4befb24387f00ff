from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "passaparola.cases"
    label = "cases"
