"""Tests across concepts."""
