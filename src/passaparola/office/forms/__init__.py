"""What people type, checked, with sentences that say what would be right."""
