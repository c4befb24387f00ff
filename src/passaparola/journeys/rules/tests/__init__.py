"""Tests of the rules of journeys."""
