"""Secrets at rest: encrypted with a key derived from the installation's own, readable only by it."""

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet
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


class EncryptedField(models.TextField):  # type: ignore[type-arg]
    """Text that stands encrypted in the database and plain only in memory."""

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return ""
        return _fernet(settings.SECRET_KEY).encrypt(str(value).encode()).decode()

    def from_db_value(self, value: str | None, *_: object) -> str:
        return _fernet(settings.SECRET_KEY).decrypt(value.encode()).decode() if value else ""
