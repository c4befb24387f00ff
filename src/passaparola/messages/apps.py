from django.apps import AppConfig


class MessagesConfig(AppConfig):
    # Django's own message framework has the label `messages`.
    name = "passaparola.messages"
    label = "outgoing"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.kernel import loops
        from passaparola.messages import (
            actions,
            reactions,  # noqa: F401 - importing registers them
        )

        loops.register(
            loops.Loop(
                "messages", actions.send_due, doorbell=actions.DOORBELL, every=timedelta(milliseconds=500)
            )
        )
