"""Who is meant: conditions over customers and orders, checked, saved, and compiled to SQL."""
