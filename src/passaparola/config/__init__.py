"""The composition root: settings, addresses, commands."""
