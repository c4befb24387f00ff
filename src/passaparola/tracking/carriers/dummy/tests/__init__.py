"""Tests of the dummy."""
