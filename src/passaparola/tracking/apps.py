from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "passaparola.tracking"
    label = "tracking"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.customers import privacy
        from passaparola.inbound import handlers
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu
        from passaparola.tracking import actions, reactions, sentences  # noqa: F401 - importing registers them
        from passaparola.tracking import privacy as own
        from passaparola.tracking.carrier import CARRIERS
        from passaparola.tracking.menu import ENTRY

        privacy.register("parcels", export=own.export, erase=own.erase)
        menu.register(ENTRY)
        every = timedelta(seconds=20)
        loops.register(loops.Loop("lateness", lambda now: actions.check_due(now=now), every=every))
        loops.register(loops.Loop("carriers", actions.ask_carriers, every=timedelta(seconds=30)))
        often = timedelta(minutes=5)
        loops.register(loops.Loop("lanes", lambda now: actions.learn_due(now=now), every=often))
        handlers.register("carrier", CARRIERS, actions.record_deliveries)
