"""What may go back, until when, what it is worth and what happens next: values in, answers out."""
