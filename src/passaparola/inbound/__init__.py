"""What other systems tell us: every signed delivery is kept raw, once, before anybody reads it."""
