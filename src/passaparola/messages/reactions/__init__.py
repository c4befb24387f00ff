"""What is said to customers when orders and parcels tell something."""

from passaparola.messages.reactions import orders, parcels

__all__ = ["orders", "parcels"]
