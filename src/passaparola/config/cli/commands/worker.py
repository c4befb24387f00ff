"""`passaparola worker`: one process that reads what came in, moves orders on and sends messages."""

from argparse import Namespace

from passaparola.config.cli.command import Command, Needs


def run(options: Namespace) -> None:
    """Run every concept's loop until told to stop, then finish the batches in hand."""
    del options
    import os

    import django

    from passaparola.config import processes

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
    django.setup()
    from passaparola.kernel import loops

    with processes.stop_on_signals() as stopping:
        loops.get_ready()
        loops.run(loops.LOOPS, stopping)


command = Command("Run one worker process, on this or any other machine.", run, needs=Needs.DATABASE)
