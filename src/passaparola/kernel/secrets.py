"""Secrets at rest: encrypted with a key derived from the installation's own, readable only by it."""

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"passaparola secrets").derive(
        secret_key.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


SEALED = "sealed"
VEIL = "••••••"


def seal(text: str) -> str:
    """Encrypt a word that travels within other data, such as a one-time code in a message that waits."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unsealed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data with what stands under `sealed` opened, beside the rest. What can't be opened stays veiled."""
    return _without_seals(data, _opened)


def veiled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data for anybody to look at: what is sealed is there, as dots."""
    return _without_seals(data, lambda _: VEIL)


def _without_seals(data: Mapping[str, Any], read: Callable[[str], str]) -> dict[str, Any]:
    opened = {name: read(str(value)) for name, value in data.get(SEALED, {}).items()}
    return {**{name: value for name, value in data.items() if name != SEALED}, **opened}


def _opened(text: str) -> str:
    try:
        return _fernet(settings.SECRET_KEY).decrypt(text.encode()).decode()
    except InvalidToken:
        return VEIL


class EncryptedField(models.TextField):  # type: ignore[type-arg]
    """Text that stands encrypted in the database and plain only in memory."""

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return ""
        return _fernet(settings.SECRET_KEY).encrypt(str(value).encode()).decode()

    def from_db_value(self, value: str | None, *_: object) -> str:
        return _fernet(settings.SECRET_KEY).decrypt(value.encode()).decode() if value else ""
