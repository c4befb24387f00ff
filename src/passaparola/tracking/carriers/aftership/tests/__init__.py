"""Tests of AfterShip."""
