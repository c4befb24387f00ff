"""The way out, tried against real small servers on this machine."""
