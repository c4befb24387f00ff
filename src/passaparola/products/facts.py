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
    is_published: bool = True
    deleted_at: datetime | None = None
    updated_at: datetime | None = None
