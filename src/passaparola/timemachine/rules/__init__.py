"""The pure part: letters in, figures out."""
