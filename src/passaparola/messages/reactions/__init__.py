"""What is said to customers when orders and parcels tell something."""

from passaparola.messages.reactions import cases, orders, parcels, words

__all__ = ["cases", "orders", "parcels", "words"]
