"""Tests of the channel that does as it is told."""
