"""Tests of parcels followed by hand."""
