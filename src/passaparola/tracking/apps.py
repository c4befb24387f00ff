from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "passaparola.tracking"
    label = "tracking"

    def ready(self) -> None:
        from passaparola.inbound import handlers
        from passaparola.tracking import actions, reactions  # noqa: F401 - importing registers them
        from passaparola.tracking.carrier import CARRIERS

        handlers.register("carrier", CARRIERS, actions.record_deliveries)
