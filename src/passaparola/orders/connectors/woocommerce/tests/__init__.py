"""WooCommerce, seen from outside: deliveries go in, facts come out."""
