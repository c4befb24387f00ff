"""Conditions as values: what may be asked, how it is written, what it means in SQL."""
