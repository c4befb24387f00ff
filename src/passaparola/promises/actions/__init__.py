"""The verbs of promises."""

from passaparola.promises.actions.follow import follow_customers, follow_orders
from passaparola.promises.actions.make import Promised, make
from passaparola.promises.actions.settle import endanger, forgive, keep, keep_each, withdraw
from passaparola.promises.actions.standards import set_hours, set_standard
from passaparola.promises.actions.sweep import sweep

__all__ = [
    "Promised",
    "endanger",
    "follow_customers",
    "follow_orders",
    "forgive",
    "keep",
    "keep_each",
    "make",
    "set_hours",
    "set_standard",
    "sweep",
    "withdraw",
]
