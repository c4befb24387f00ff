"""The carriers and tracking services we hear from, one folder each."""
