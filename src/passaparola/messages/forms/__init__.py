"""What people type about messages."""
