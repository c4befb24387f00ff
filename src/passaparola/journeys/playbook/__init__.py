"""Journeys ready to switch on: one YAML file each. What is read is what `passaparola journeys import` reads."""
