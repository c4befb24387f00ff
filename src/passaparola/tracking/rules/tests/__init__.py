"""Tests of the pure rules over scans."""
