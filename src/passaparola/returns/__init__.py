"""What goes back: filed by the customer, decided by the shop, followed to the money."""
