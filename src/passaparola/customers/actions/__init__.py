"""The verbs of customers."""

from passaparola.customers.actions.merge import merge, part
from passaparola.customers.actions.privacy import record_privacy
from passaparola.customers.actions.record import Person, Told, record

__all__ = ["Person", "Told", "merge", "part", "record", "record_privacy"]
