"""Tests of BRT."""
