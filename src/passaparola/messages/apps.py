from django.apps import AppConfig


class MessagesConfig(AppConfig):
    # Django's own message framework has the label `messages`.
    name = "passaparola.messages"
    label = "outgoing"

    def ready(self) -> None:
        from datetime import timedelta

        from anymail.signals import tracking
        from django.utils.translation import gettext_lazy as _

        from passaparola.customers import privacy
        from passaparola.inbound import handlers
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels
        from passaparola.kernel.ui.sentences import register as tell
        from passaparola.messages import (
            accounts,
            actions,
            ahead,
            provider_events,
            reactions,  # noqa: F401 - importing registers them
            sentences,  # noqa: F401
        )
        from passaparola.messages import privacy as own
        from passaparola.messages.places import PANELS, PLACES
        from passaparola.messages.ways import places

        tracking.connect(provider_events.hear, dispatch_uid="messages")
        menu.register(*PLACES)
        panels.register(*PANELS)

        loops.register_ahead(ahead.get_ready)
        loops.register(loops.Loop("standing", actions.watch_standing, every=timedelta(minutes=5)))
        privacy.register("messages", export=own.export, erase=own.erase, kept=own.KEPT)
        # Two hands a worker: while one waits for a mail server or a commit, the other writes letters.
        for hand in ("messages", "messages (second hand)"):
            every = timedelta(milliseconds=500)
            loops.register(loops.Loop(hand, actions.send_due, doorbell=actions.DOORBELL, every=every))

        menu.register(
            menu.Entry(
                group="communicate",
                address="templates:templates",
                label=_("Templates"),
                icon="mail-plus",
                key="e",
                rank=40,
            )
        )
        # A hand of its own: a provider that hangs must not hold up the mails.
        bell, every = actions.DOORBELL, timedelta(seconds=1)
        loops.register(loops.Loop("messages elsewhere", actions.send_connected, doorbell=bell, every=every))
        handlers.register(accounts.ROLE, accounts.connectable(), actions.record_deliveries)
        menu.register(places.CHANNELS)
        panels.register(places.REACHED)
        tell(places.SENTENCES)
