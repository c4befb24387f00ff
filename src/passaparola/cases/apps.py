from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "passaparola.cases"
    label = "cases"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.cases import (
            actions,
            places,
            reactions,  # noqa: F401 - importing registers them
            sentences,  # noqa: F401 - as above
        )
        from passaparola.cases import privacy as own
        from passaparola.customers import privacy
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels
        from passaparola.promises import aftermath

        privacy.register("cases", export=own.export, erase=own.erase)
        every = timedelta(seconds=60)
        loops.register(loops.Loop("ranks of cases", lambda now: actions.rank_due(now=now), every=every))
        menu.register(places.ENTRY)
        panels.register(*places.PANELS)
        aftermath.register(places.AFTER)
