from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "passaparola.orders"
    label = "orders"

    def ready(self) -> None:
        from passaparola.customers import privacy
        from passaparola.inbound import handlers
        from passaparola.orders import actions, reactions  # noqa: F401 - importing registers them
        from passaparola.orders import privacy as own
        from passaparola.orders.connector import CONNECTORS

        privacy.register("orders", export=own.export, erase=own.erase, kept=own.KEPT)
        handlers.register("connector", CONNECTORS, actions.record_deliveries)
