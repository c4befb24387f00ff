"""The pages of returns: the customer's and the team's."""
