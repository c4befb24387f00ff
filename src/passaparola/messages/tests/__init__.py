"""Tests of messages as a whole, on a real database."""
