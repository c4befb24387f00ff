"""Our own format, seen from outside: deliveries go in, facts or precise sentences come out."""
