from django.apps import AppConfig


class TimemachineConfig(AppConfig):
    name = "passaparola.timemachine"
    label = "timemachine"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from passaparola.kernel.ui import menu

        menu.register(
            menu.Entry(
                group="communicate",
                address="timemachine:travel",
                label=_("Time machine"),
                icon="history",
                key="w",
                rank=80,
                is_for_owners=True,
            )
        )
