"""What a layout needs to know, as plain values.

As `shell` in the context: an `OfficeShell` for the team, a `CustomerShell` for a customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    label: str
    url: str
    icon: str = ""
    badge: int = 0
    """How many wait there; 0 shows none."""
    is_current: bool = False
    key: str = ""
    """The letter that goes there after `g`."""


@dataclass(frozen=True)
class LinkGroup:
    label: str
    links: Sequence[Link]


@dataclass(frozen=True)
class OfficeShell:
    """The frame around a page of the team."""

    shop_name: str
    shop_line: str = ""
    home_url: str = "/office/"
    groups: Sequence[LinkGroup] = ()
    person_name: str = ""
    person_role: str = ""
    sign_out_url: str = ""
    """Reached by POST."""


@dataclass(frozen=True)
class CustomerShell:
    """The frame around a page of the shop's customer."""

    shop_name: str
    brand_css_url: str
    shop_url: str = ""
    links: Sequence[Link] = ()
    footer_line: str = ""
    """The shop's name and address, as the law asks for."""
    footer_links: Sequence[Link] = ()
