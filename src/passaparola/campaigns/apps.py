from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "passaparola.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from passaparola.campaigns import actions, balance, stopping
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels
        from passaparola.messages import askers

        loops.register(loops.Loop("campaigns", actions.advance, every=timedelta(seconds=2)))
        askers.register_word("campaign", stopping.word_on)
        panels.register(balance.PANEL)
        menu.register(
            menu.Entry(
                group="communicate",
                address="campaigns:campaigns",
                label=_("Campaigns"),
                icon="megaphone",
                rank=20,
            ),
            menu.Entry(
                group="communicate",
                address="campaigns:calendar",
                label=_("Calendar"),
                icon="calendar-days",
                key="a",
                rank=30,
            ),
        )
