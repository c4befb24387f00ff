"""What is said to many at once on a chosen day, and the calendar of everything said."""
