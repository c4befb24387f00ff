"""Where the team writes guides."""
