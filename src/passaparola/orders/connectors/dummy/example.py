"""An order as the dummy likes it."""

import json
from datetime import datetime

TOPIC = "order"


def example(at: datetime) -> tuple[str, bytes]:
    order = {"id": "1", "number": "BL-1", "email": "giulia@example.com", "total": "10.00"}
    return TOPIC, json.dumps(order | {"placed_at": at.isoformat()}).encode()
