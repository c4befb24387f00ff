"""What a source says about a product."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    external_id: str
    title: str
    category: str = ""
    tags: tuple[str, ...] = ()
    image_url: str = ""
    page_url: str = ""
    variants: tuple[str, ...] = ()
    """What one can choose among, in the words that lines of orders use: `blue / M`. Sold out ones are left out."""
    is_published: bool = True
    deleted_at: datetime | None = None
    updated_at: datetime | None = None
