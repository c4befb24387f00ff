from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "passaparola.customers"
    label = "customers"

    def ready(self) -> None:
        from datetime import timedelta

        from passaparola.customers import actions, own_part, privacy, reactions  # noqa: F401 - importing registers them
        from passaparola.customers.sentences import SENTENCES
        from passaparola.kernel import loops
        from passaparola.kernel.ui import sentences

        privacy.register("customers", export=own_part.export, erase=own_part.erase)
        sentences.register(SENTENCES)
        loops.register(loops.Loop("erasures", actions.erase_due, every=timedelta(minutes=10)))
