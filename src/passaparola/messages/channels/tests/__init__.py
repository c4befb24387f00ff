"""What the tests of all channels that speak HTTP share."""
