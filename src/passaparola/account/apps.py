from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "passaparola.account"
    label = "account"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.account import actions, sentences  # noqa: F401 - importing registers them
        from passaparola.account.actions import codes
        from passaparola.kernel import loops

        loops.register(
            loops.Loop("codes", actions.send_codes, doorbell=codes.DOORBELL, every=timedelta(seconds=5))
        )
