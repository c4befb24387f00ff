"""A shop system for tests: it records what it reads and can be told to fail."""

from passaparola.orders.connectors.dummy.connector import Dummy

kind = Dummy()
