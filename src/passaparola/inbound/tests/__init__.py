"""Tests of inbound."""
