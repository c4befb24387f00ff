"""The shop systems we listen to, one folder each."""
