"""Words for the team's templates."""
