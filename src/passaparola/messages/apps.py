from django.apps import AppConfig


class MessagesConfig(AppConfig):
    # Django's own message framework has the label `messages`.
    name = "passaparola.messages"
    label = "outgoing"

    def ready(self) -> None:
        from passaparola.messages import reactions  # noqa: F401 - importing registers them
