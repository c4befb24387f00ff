"""What is said to customers when orders and parcels tell something."""

from passaparola.messages.reactions import cases, consents, orders, parcels, words

__all__ = ["cases", "consents", "orders", "parcels", "words"]
