"""The shop itself: its name, brand, people, settings."""
