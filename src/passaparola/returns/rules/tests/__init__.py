"""Tests of the pure rules of returns."""
