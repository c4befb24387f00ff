"""Tests of EasyPost."""
