"""Tests of what all carriers share: words, times, numbers, names."""
