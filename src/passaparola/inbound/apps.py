from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "passaparola.inbound"
    label = "inbound"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.customers import privacy
        from passaparola.inbound import actions
        from passaparola.inbound import privacy as own
        from passaparola.kernel import loops

        privacy.register("raw deliveries", export=own.export, erase=own.erase)
        # No doorbell: a NOTIFY in every receipt would cost each of them a lock held by all of PostgreSQL, and
        # looking four times a second at an empty partial index costs next to nothing.
        every = timedelta(milliseconds=250)
        loops.register(loops.Loop("inbound", lambda now: actions.read_waiting(now=now), every=every))
