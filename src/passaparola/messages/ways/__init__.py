"""Pages about channels: where a customer wants to be written to, and what the shop has connected and pays."""
