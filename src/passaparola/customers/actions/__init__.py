"""The verbs of customers."""

from passaparola.customers.actions.birthday import tell_birthday
from passaparola.customers.actions.erase import ask_erasure, cancel_erasure, erase_due
from passaparola.customers.actions.merge import merge, part
from passaparola.customers.actions.privacy import record_privacy
from passaparola.customers.actions.prove import prove_email
from passaparola.customers.actions.record import Person, Told, record

__all__ = [
    "Person",
    "Told",
    "ask_erasure",
    "cancel_erasure",
    "erase_due",
    "merge",
    "part",
    "prove_email",
    "record",
    "record_privacy",
    "tell_birthday",
]
