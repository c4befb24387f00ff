"""The tables of the customer's account."""
