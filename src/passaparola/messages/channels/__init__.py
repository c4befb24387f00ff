"""The ways a message reaches a customer, one folder each."""
