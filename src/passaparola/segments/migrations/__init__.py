"""Tables of segments."""
