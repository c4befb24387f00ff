"""Tests of the editor of templates."""
