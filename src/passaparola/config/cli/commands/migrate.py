"""`passaparola migrate`: the tables of this version."""

from argparse import Namespace

from passaparola.config.cli.command import Answer, Command, Needs


def run(options: Namespace) -> Answer:
    """Make or change the tables; safe to run twice and from several machines at once."""
    del options
    import os

    import django

    from passaparola.config import schema

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
    django.setup()
    schema.migrate()
    return Answer({"tables": schema.fingerprint()}, "The tables are those of this version.")


command = Command("Make the database's tables those of this version.", run, needs=Needs.DATABASE)
