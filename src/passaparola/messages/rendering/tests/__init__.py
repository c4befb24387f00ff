"""Tests of what mails look like and are made of."""
