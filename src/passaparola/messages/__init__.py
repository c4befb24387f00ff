"""Everything the shop says to a customer: asked for, decided, rendered, sent."""
