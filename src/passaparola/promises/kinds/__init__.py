"""The kinds of promises: a folder each."""
