"""Tests of the learned windows."""
