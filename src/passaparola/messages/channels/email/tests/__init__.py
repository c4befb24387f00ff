"""Tests of e-mail: the bytes, and a real server on loopback."""
