"""What happens for each customer after an event, step by step, each step at its time."""
