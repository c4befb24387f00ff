"""The past gone through once more with something changed: who would have got what and when."""
