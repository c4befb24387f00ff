"""What was bought: orders, their lines, what the shop says it sent and gave back."""
