"""The remedies there are: a folder each."""
