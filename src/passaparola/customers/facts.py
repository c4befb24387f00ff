"""What a source says about a person. Empty strings where it says nothing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFacts:
    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    postcode: str = ""
    province: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2, upper case."""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """A yes or no to offers and news on a channel beside e-mail, as a source tells it."""

    channel: str
    """`sms`."""
    is_given: bool
    said_at: datetime
    wording: str = ""
    """Where and how, in the source's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    external_id: str = ""
    """The account's id at the source; empty for a guest."""
    email: str = ""
    email_is_verified: bool = False
    """True only where the source itself says that it has verified the address."""
    phone: str = ""
    """As it came; normalised to E.164 with `country` when recorded, kept as it is where impossible."""
    first_name: str = ""
    last_name: str = ""
    language: str = ""
    """ISO 639-1, lower case: `it`."""
    country: str = ""
    accepts_email_marketing: bool | None = None
    """None where the source says nothing."""
    consent_at: datetime | None = None
    consent_wording: str = ""
    """Where and how it was given, in the source's words (`single_opt_in`)."""
    elsewhere: tuple[ConsentFacts, ...] = ()
    """What they said about other channels than e-mail."""
    birthday: str = ""
    """Month and day: `03-21`."""
    tags: tuple[str, ...] = ()
    updated_at: datetime | None = None
    """When the source last changed it: the later word wins, whichever arrives first."""
