"""Files as they really are: damaged, mixed, from many hands."""
