from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "passaparola.kernel"
    label = "kernel"

    def ready(self) -> None:
        from passaparola.kernel.database import lookups  # noqa: F401 - importing registers `__any`
