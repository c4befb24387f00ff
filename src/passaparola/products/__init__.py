"""What the shop sells, as far as caring for it after the purchase needs it."""
