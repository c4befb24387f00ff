"""Questions that span several concepts: what the team's pages show together."""
