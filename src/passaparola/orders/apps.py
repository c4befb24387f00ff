from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "passaparola.orders"
    label = "orders"

    def ready(self) -> None:
        from passaparola.inbound import handlers
        from passaparola.orders import actions, reactions  # noqa: F401 - importing registers them
        from passaparola.orders.connector import CONNECTORS

        handlers.register("connector", CONNECTORS, actions.record_deliveries)
