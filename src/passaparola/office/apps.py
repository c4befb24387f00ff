from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "passaparola.office"
    label = "office"

    def ready(self) -> None:
        from passaparola.kernel.ui import menu
        from passaparola.office import sentences  # noqa: F401 - importing registers them
        from passaparola.office.places import PLACES

        menu.register(*PLACES)
