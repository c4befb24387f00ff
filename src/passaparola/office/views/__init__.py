"""One page, one function: it reads the request, makes one call, answers."""
