from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "passaparola.segments"
    label = "segments"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from passaparola.customers import privacy
        from passaparola.kernel.ui import menu
        from passaparola.segments import privacy as own

        privacy.register("segments", export=own.export, erase=own.erase)
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
