from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "passaparola.segments"
    label = "segments"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from passaparola.kernel.ui import menu

        menu.register(
            menu.Entry(
                group="communicate",
                address="segments:segments",
                label=_("Segments"),
                icon="users-round",
                key="g",
                rank=40,
            )
        )
