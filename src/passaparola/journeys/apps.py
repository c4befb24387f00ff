from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "passaparola.journeys"
    label = "journeys"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from passaparola.customers import privacy
        from passaparola.journeys import actions, ahead, reactions  # noqa: F401 - importing registers them
        from passaparola.journeys import privacy as own
        from passaparola.journeys.actions.meant import no_longer_meant
        from passaparola.journeys.actions.perform import WEBHOOKS_DOORBELL
        from passaparola.journeys.actions.tell import tell_due
        from passaparola.journeys.forecast import coming
        from passaparola.journeys.own_days import days_kept
        from passaparola.journeys.panels import ENTRIES, PANELS
        from passaparola.journeys.sentences import SENTENCES
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels, sentences
        from passaparola.messages import askers, forecast, own_days

        forecast.register("journeys", forecast.Source(_("from journeys"), coming))
        askers.register("journey", no_longer_meant)
        own_days.register(days_kept)
        loops.register_ahead(ahead.get_ready)
        privacy.register("journeys", export=own.export, erase=own.erase)
        often = timedelta(milliseconds=500)
        loops.register(loops.Loop("journeys", actions.advance_due, doorbell=actions.DOORBELL, every=often))
        seldom = timedelta(seconds=5)
        loops.register(loops.Loop("webhooks", tell_due, doorbell=WEBHOOKS_DOORBELL, every=seldom))
        daily = timedelta(minutes=5)
        loops.register(loops.Loop("days", actions.tell_days, every=daily))
        sentences.register(SENTENCES)
        menu.register(*ENTRIES)
        panels.register(*PANELS)
