from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "passaparola.guides"
    label = "guides"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from passaparola.kernel.ui import menu

        entry = menu.Entry(
            group="communicate",
            address="guides:guides",
            label=_("Guides"),
            icon="book-open",
            key="u",
            rank=70,
        )
        menu.register(entry)
