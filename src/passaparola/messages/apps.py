from django.apps import AppConfig


class MessagesConfig(AppConfig):
    # Django's own message framework has the label `messages`.
    name = "passaparola.messages"
    label = "outgoing"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels
        from passaparola.messages import (
            actions,
            reactions,  # noqa: F401 - importing registers them
            sentences,  # noqa: F401 - so does this
        )
        from passaparola.messages.places import PANELS, PLACES

        menu.register(*PLACES)
        panels.register(*PANELS)

        loops.register(loops.Loop("standing", actions.watch_standing, every=timedelta(minutes=5)))
        # Two hands a worker: while one waits for a mail server or a commit, the other writes letters.
        for hand in ("messages", "messages (second hand)"):
            every = timedelta(milliseconds=500)
            loops.register(loops.Loop(hand, actions.send_due, doorbell=actions.DOORBELL, every=every))
