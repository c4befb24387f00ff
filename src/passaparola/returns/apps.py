from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "passaparola.returns"
    label = "returns"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.cases import evidence
        from passaparola.customers import privacy
        from passaparola.kernel import loops
        from passaparola.kernel.ui import menu, panels, sentences
        from passaparola.promises import aftermath
        from passaparola.returns import actions, reactions  # noqa: F401 - importing registers them
        from passaparola.returns import privacy as own
        from passaparola.returns.places import AFTER, PANELS, PLACES, photos_of
        from passaparola.returns.sentences import SENTENCES

        sentences.register(SENTENCES)
        menu.register(*PLACES)
        panels.register(*PANELS)
        aftermath.register(AFTER)
        evidence.PHOTOS.append(photos_of)
        privacy.register("returns", export=own.export, erase=own.erase, kept=own.KEPT)
        every = timedelta(minutes=1)
        moment = timedelta(seconds=2)
        loops.register(loops.Loop("refunds", lambda now: actions.give_back_due(now=now), every=moment))
        loops.register(loops.Loop("returns", lambda now: actions.check_due(now=now), every=every))
