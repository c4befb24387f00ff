"""A device that makes passkeys, in software: keys, counts and bytes are real, and it can be told to lie."""

import json
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
SITE = "http://testserver"


class Device:
    def __init__(self, *, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = sha256(self.key.private_numbers().private_value.to_bytes(32, "big")).digest()
        self.step = 1 if counts else 0
        self.count = 0
        self.handle = b""

    def make(self, options: dict[str, Any], *, origin: str = SITE, **lies: Any) -> str:
        """Answer `navigator.credentials.create`."""
        self.handle = websafe_decode(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        auth = self._auth(lies.get("site", options["rp"]["id"]), lies, attested)
        client = self._client("webauthn.create", options["challenge"], origin, lies)
        answer = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", auth, {})),
        }
        return self._said(answer)

    def sign(self, options: dict[str, Any], *, origin: str = SITE, **lies: Any) -> str:
        """Answer `navigator.credentials.get`."""
        auth = self._auth(lies.get("site", options["rpId"]), lies)
        client = self._client("webauthn.get", options["challenge"], origin, lies)
        key = lies.get("key", self.key)
        signature = key.sign(bytes(auth) + client.hash, ec.ECDSA(hashes.SHA256()))
        answer = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(auth),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(lies.get("handle", self.handle)),
        }
        return self._said(answer)

    def _auth(self, site: str, lies: dict[str, Any], attested: bytes = b"") -> AuthenticatorData:
        self.count += self.step
        flags = (
            FLAG.UP
            | (FLAG.UV if lies.get("verified", True) else FLAG(0))
            | (FLAG.AT if attested else FLAG(0))
        )
        return AuthenticatorData.create(
            sha256(site.encode()).digest(), flags, lies.get("count", self.count), attested
        )

    @staticmethod
    def _client(kind: str, challenge: str, origin: str, lies: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(
            lies.get("kind", kind), challenge, origin, cross_origin=lies.get("framed", False)
        )

    def _said(self, answer: dict[str, str]) -> str:
        number = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "response": answer,
                "clientExtensionResults": {},
                "authenticatorAttachment": "platform",
            }
        )
