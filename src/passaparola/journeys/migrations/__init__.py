"""Tables of journeys."""
