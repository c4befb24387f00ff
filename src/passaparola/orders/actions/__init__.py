"""The verbs of orders."""

from passaparola.orders.actions.deliveries import record_deliveries
from passaparola.orders.actions.progress import follow_customers, mark_progress, touch
from passaparola.orders.actions.record import Sourced, record

__all__ = ["Sourced", "follow_customers", "mark_progress", "record", "record_deliveries", "touch"]
