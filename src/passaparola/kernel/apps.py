from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "passaparola.kernel"
    label = "kernel"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.kernel import limits, loops
        from passaparola.kernel.database import lookups  # noqa: F401 - importing registers `__any`

        every = timedelta(hours=1)
        loops.register(loops.Loop("limits", lambda now: limits.forget_old(now=now), every=every))
