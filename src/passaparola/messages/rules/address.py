"""What may stand after `To:`: an e-mail address, a phone number."""

import re
from functools import lru_cache

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST = 254


def mail_address(given: str) -> str:
    """Return the address as a mail server takes it, its domain in ASCII; empty where it can't be one.

    Quoted local parts and those with accents are refused: hardly any server takes them.
    """
    local, _, domain = given.strip().rpartition("@")
    plain = _ascii_domain(domain)
    address = f"{local}@{plain}"
    is_good = plain and _LOCAL.fullmatch(local) and not local.startswith(".") and len(address) <= _LONGEST
    return address if is_good else ""


@lru_cache(maxsize=10_000)
def _ascii_domain(domain: str) -> str:
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return plain if all(map(_LABEL.fullmatch, plain.split("."))) else ""


_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def phone_number(given: str) -> str:
    """Return the number in E.164, as channels take it; empty where it can't be one.

    `customers.rules.normal_phone` has made it so when it was told; a number without its country stays local,
    and nobody can write to it.
    """
    number = re.sub(r"[ ()./-]", "", given.strip())
    return number if _PHONE.fullmatch(number) else ""
