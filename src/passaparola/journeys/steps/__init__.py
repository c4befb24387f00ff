"""The kinds of steps, one folder each."""
