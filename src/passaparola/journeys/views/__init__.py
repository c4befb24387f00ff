"""The team's pages of journeys."""
