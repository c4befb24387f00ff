from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "passaparola.promises"
    label = "promises"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.customers import privacy
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels
        from passaparola.orders import following
        from passaparola.promises import (
            actions,
            places,
            reactions,  # noqa: F401 - importing registers them
            sentences,  # noqa: F401 - as above
        )
        from passaparola.promises import privacy as own

        privacy.register("promises", export=own.export, erase=own.erase)
        every = timedelta(seconds=5)
        loops.register(loops.Loop("promises", lambda now: actions.sweep(now=now), every=every))
        following.register(actions.follow_orders)
        menu.register(places.ENTRY)
        panels.register(*places.PANELS)
