"""A channel that records what it is given and can be told to fail: for tests and for trying things out."""

from passaparola.messages.channels.dummy.channel import DummyChannel

kind = DummyChannel()
