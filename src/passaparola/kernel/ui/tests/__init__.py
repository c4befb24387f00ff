"""Tests of the look without a browser; those with one stand in tests/browser."""
