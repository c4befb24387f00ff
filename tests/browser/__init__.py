"""Tests that look at the pages the way people do, in a real browser."""
