"""The demo's mailbox: takes every mail on this machine and shows it, so that none leaves it."""
