"""The editor of templates: the shop writes, sees what comes of it, and publishes what can be sent."""
