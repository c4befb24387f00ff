"""Journeys as values: the document, the way through it, and what it was worth. No Django, no clock."""
