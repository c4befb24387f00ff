"""What every kind of a pair must keep, for each kind in the registry, whoever adds it."""
