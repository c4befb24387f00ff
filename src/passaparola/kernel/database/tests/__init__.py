"""Tests of the database as a thing to run, with real processes."""
