"""What a guide may be about. The keys stand in the database; pages name them in words."""

KINDS = ("care", "answer", "help")
TOPICS = ("delivery", "returns", "payment", "product", "shipping", "conditions", "guarantee", "other")
"""Of help. The three before the last are always listed: the law wants them found easily."""
ALWAYS = ("shipping", "conditions", "guarantee")
MOMENTS = ("packing", "travelling", "late", "pickup", "delivered", "back")
"""States of an order, as a customer would name them: what they ask in each is different."""
