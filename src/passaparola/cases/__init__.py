"""One case per trouble: what went wrong for a customer, who cares for it, and what was done."""
