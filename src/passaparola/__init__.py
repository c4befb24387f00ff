"""Passaparola: everything that happens after the purchase, in one place."""

__version__ = "0.1.0"
