"""What happens across concepts, told as stories."""
