from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "passaparola.account"
    label = "account"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from passaparola.account import actions, reactions, sentences  # noqa: F401 - importing registers them
        from passaparola.account import privacy as own
        from passaparola.account.actions import codes
        from passaparola.account.panels import PANELS
        from passaparola.customers import privacy
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels

        loops.register(
            loops.Loop("codes", actions.send_codes, doorbell=codes.DOORBELL, every=timedelta(seconds=5))
        )
        loops.register(loops.Loop("missing", actions.tell_overdue, every=timedelta(minutes=5)))
        panels.register(*PANELS)
        menu.register(
            menu.Entry(
                group="setup",
                address="account:own-pages",
                label=_("Customers’ pages"),
                icon="store",
                rank=70,
                is_for_owners=True,
            ),
            menu.Entry(
                group="setup",
                address="account:office-privacy",
                label=_("Privacy"),
                icon="shield",
                rank=80,
                is_for_owners=True,
            ),
        )
        privacy.register("account", export=own.export, erase=own.erase)
