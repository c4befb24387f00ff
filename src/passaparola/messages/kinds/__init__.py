"""The kinds of messages, one folder each: what it is for, and its texts in every language."""
