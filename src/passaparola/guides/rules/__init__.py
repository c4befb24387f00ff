"""What guides are made of: values in, answers out. No Django, no clock, no database."""
