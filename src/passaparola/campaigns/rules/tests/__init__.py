"""Tests of what campaigns decide."""
