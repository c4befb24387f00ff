"""The dummy does as it is told."""
