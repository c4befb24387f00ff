"""Who buys: one person, however many addresses, phones and accounts they use."""
