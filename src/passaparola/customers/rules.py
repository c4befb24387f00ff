"""Who is who, and whose word counts. Values in, answers out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import phonenumbers

from passaparola.customers.facts import CustomerFacts
from passaparola.kernel.versions import version

Known = dict[str, list[Any]]
"""Field name to `[version, value]`."""

FIELDS = ("first_name", "last_name", "email", "phone", "language", "country", "birthday", "tags")


def email_key(email: str) -> str:
    return f"email:{email.strip().lower()}"


def phone_key(number: str) -> str:
    """Of a number in E.164."""
    return f"phone:{number}"


def identity_keys(source: str, facts: CustomerFacts) -> list[str]:
    """Return the keys naming this person, the surest first; empty for somebody who left nothing.

    An account is surer than an address, since anybody can type anybody's address at a checkout. The second
    key is there only where the source has verified that the address belongs to the account.
    """
    keys = []
    if facts.external_id:
        keys.append(f"account:{source}:{facts.external_id}")
    if facts.email and (not keys or facts.email_is_verified):
        keys.append(email_key(facts.email))
    if not keys and facts.phone:
        keys.append(phone_key(normal_phone(facts.phone, facts.country)))
    return keys


@lru_cache(maxsize=20_000)
def normal_phone(phone: str, country: str) -> str:
    """Return the number in E.164 (`+393331234567`), or as typed where it can't be understood."""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return phone.strip()
    if not phonenumbers.is_possible_number(number):
        return phone.strip()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def told(facts: CustomerFacts, fallback_at: datetime | None) -> Known:
    """Turn what one delivery says into versioned fields; what it doesn't say is not there."""
    at = facts.updated_at or fallback_at
    stamp = version(at, 1 if facts.external_id else 0, facts)
    values: dict[str, Any] = {
        "first_name": facts.first_name.strip(),
        "last_name": facts.last_name.strip(),
        "email": facts.email.strip().lower(),
        "phone": normal_phone(facts.phone, facts.country) if facts.phone else "",
        "language": facts.language[:2].lower(),
        "country": facts.country.upper(),
        "birthday": facts.birthday,
        "tags": sorted(facts.tags),
    }
    known = {name: [stamp, value] for name, value in values.items() if value}
    if facts.accepts_email_marketing is not None:
        given_at = facts.consent_at.astimezone(UTC).isoformat() if facts.consent_at else None
        known["marketing"] = [stamp, [facts.accepts_email_marketing, given_at, facts.consent_wording]]
    return known


def own_word(birthday: str, at: datetime) -> list[Any]:
    """Return a birthday as its person told it, or took it back: no import of before counts against that."""
    return [version(at, 99, birthday), birthday]


def combine(parts: Iterable[Mapping[str, list[Any]]]) -> Known:
    """Take, field by field, the greatest version: the same result in any order and however often."""
    best: Known = {}
    for known in parts:
        for name, entry in known.items():
            if name not in best or _order(entry) > _order(best[name]):
                best[name] = entry
    return best


def _order(entry: list[Any]) -> tuple[str, str]:
    return str(entry[0]), repr(entry[1])


def columns(known: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return the customer's columns as `known` has them."""
    values = {name: known[name][1] if name in known else "" for name in FIELDS}
    values["tags"] = values["tags"] or []
    accepts, consent_at, consent_source = known["marketing"][1] if "marketing" in known else (None, None, "")
    return values | {
        "accepts_marketing": accepts,
        "consent_at": consent_at,
        "consent_source": str(consent_source)[:120],
    }


def may_join(addresses: set[str], proved: str) -> bool:
    """Tell whether an account is surely the person who proved an address: it was never seen with another one.

    Anybody can type anybody's address into a shop's account. Were accounts joined that also had other
    addresses, whoever owns one of those would see the orders of whoever owns this one.
    """
    return addresses == {proved}


def groups(edges: Iterable[tuple[int, int]]) -> list[set[int]]:
    """Join what hangs together: the connected groups of the pairs given."""
    found: dict[int, set[int]] = {}
    for one, other in edges:
        joined = found.get(one, {one}) | found.get(other, {other})
        for member in joined:
            found[member] = joined
    return list({id(group): group for group in found.values()}.values())
