"""Guards of the shape of the code: names, docstrings, tests, addresses."""
