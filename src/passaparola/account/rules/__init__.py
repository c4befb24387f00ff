"""What the customer's pages say: values in, words out. No Django, no clock, no database."""
