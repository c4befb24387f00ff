from django.apps import AppConfig


class MessagesConfig(AppConfig):
    # Django's own message framework has the label `messages`.
    name = "passaparola.messages"
    label = "outgoing"
