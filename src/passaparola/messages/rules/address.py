"""What may stand after `To:`."""

import re

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST = 254


def mail_address(given: str) -> str:
    """Return the address as a mail server takes it, its domain in ASCII; empty where it can't be one.

    Quoted local parts and those with accents are refused: hardly any server takes them.
    """
    local, sign, domain = given.strip().rpartition("@")
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = plain.split(".")
    is_good = (
        sign and _LOCAL.fullmatch(local) and not local.startswith(".") and all(map(_LABEL.fullmatch, labels))
    )
    address = f"{local}@{plain}"
    return address if is_good and len(address) <= _LONGEST else ""
