"""Tests of Poste Italiane."""
