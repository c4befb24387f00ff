"""Tests of GLS Italy."""
