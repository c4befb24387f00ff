"""What browsers and devices say about passkeys, read with `fido2`. Nothing here asks a database or a clock."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from passaparola.account.rules.passkeys import MOST_BYTES

VERIFIED = UserVerificationRequirement.REQUIRED
"""A passkey stands alone, so the device asks for finger, face or number: finding a key must not be enough."""


class NoPasskeyError(ValueError):
    """What came is no answer of a device to our question on this page."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are made and used: a browser shows them at this address and nowhere else."""

    origin: str
    """`https://orders.bottegaluna.example`, with a port where there is one."""
    name: str

    def server(self) -> Fido2Server:
        entity = PublicKeyCredentialRpEntity(name=self.name, id=urlsplit(self.origin).hostname or "")
        return Fido2Server(entity, verify_origin=lambda told: told == self.origin)


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that a device has made."""

    credential_id: bytes
    credential: bytes
    """Id and public key, as the device attested them."""
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device says; nothing of it is proved yet."""

    challenge: bytes
    credential_id: bytes
    handle: bytes
    count: int
    whole: Any


def id_of(credential: bytes) -> bytes:
    return bytes(AttestedCredentialData(credential).credential_id)


def to_add(
    site: Site, *, challenge: bytes, handle: bytes, names: tuple[str, str], known: Sequence[bytes]
) -> dict[str, Any]:
    """Return what the browser needs to make a passkey; devices that hold a `known` one make no second."""
    user = PublicKeyCredentialUserEntity(id=handle, name=names[0], display_name=names[1])
    descriptors = [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=one) for one in known
    ]
    options, _state = site.server().register_begin(
        user,
        credentials=descriptors,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        challenge=challenge,
    )
    return _plain(options)


def to_sign_in(site: Site, *, challenge: bytes) -> dict[str, Any]:
    """Return what the browser needs to ask for any passkey of this site."""
    options, _state = site.server().authenticate_begin(user_verification=VERIFIED, challenge=challenge)
    return _plain(options)


def _plain(options: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(json.dumps(dict(options["publicKey"]), default=dict))
    return whole


def made_with(site: Site, *, said: str) -> tuple[bytes, Made]:
    """Read a new passkey, and return it with the challenge it answers. Raises NoPasskeyError."""
    try:
        return _made_with(site, said)
    except Exception as error:  # bytes of a stranger: the library raises whatever its parsers meet
        raise NoPasskeyError from error


def _made_with(site: Site, said: str) -> tuple[bytes, Made]:
    told = RegistrationResponse.from_dict(_mapping(said))
    client = told.response.client_data
    auth = site.server().register_complete(_state(client.challenge), told)
    found = auth.credential_data
    if client.cross_origin or found is None or found.credential_id != told.raw_id:
        raise NoPasskeyError
    if found.public_key.ALGORITHM not in CoseKey.supported_algorithms():
        raise NoPasskeyError
    return client.challenge, Made(found.credential_id, bytes(found), auth.counter)


def read(*, said: str) -> Answer:
    """Read an answer before anything is known of who gives it. Raises NoPasskeyError."""
    try:
        return _read(said)
    except Exception as error:  # as above
        raise NoPasskeyError from error


def _read(said: str) -> Answer:
    told = AuthenticationResponse.from_dict(_mapping(said))
    if told.response.client_data.cross_origin:
        raise NoPasskeyError
    return Answer(
        challenge=told.response.client_data.challenge,
        credential_id=told.raw_id,
        handle=told.response.user_handle or b"",
        count=told.response.authenticator_data.counter,
        whole=told,
    )


def prove(site: Site, answer: Answer, *, credential: bytes) -> None:
    """Check origin, site, finger and signature. Raises NoPasskeyError."""
    try:
        kept = AttestedCredentialData(credential)
        site.server().authenticate_complete(_state(answer.challenge), [kept], answer.whole)
    except Exception as error:  # as above
        raise NoPasskeyError from error


def _state(challenge: bytes) -> dict[str, Any]:
    """The library compares the challenge with itself; that it was ours, and once, the caller's rows tell."""
    return {"challenge": websafe_encode(challenge), "user_verification": VERIFIED}


def _mapping(said: str) -> Mapping[str, Any]:
    if len(said) > MOST_BYTES:
        raise NoPasskeyError
    told = json.loads(said)
    if not isinstance(told, dict):
        raise NoPasskeyError
    return told
