"""Processes are killed at random, small enough for every run of the tests; `bin/bench --chaos` does more."""
