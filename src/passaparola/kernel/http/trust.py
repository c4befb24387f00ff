"""Whose certificates we believe: those the system believes."""

import ssl
from functools import cache
from pathlib import Path


@cache
def context() -> ssl.SSLContext:
    """Return the one context: certificates and host names are checked, old protocols refused.

    A bare machine may have no certificates at all; then those that came with our dependencies serve.
    """
    made = ssl.create_default_context()
    if not _system_has_some():
        import certifi

        made.load_verify_locations(certifi.where())
    return made


def _system_has_some() -> bool:
    places = ssl.get_default_verify_paths()
    folder = Path(places.capath) if places.capath else None
    return bool(places.cafile) or bool(folder and any(folder.glob("*.0")))
