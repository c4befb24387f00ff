"""How a customer gets in: a one-time code or a passkey, and the sessions that follow from them."""

from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import Q

from passaparola.customers.models import Customer
from passaparola.stores.models import Store


class AccountCode(models.Model):
    """A one-time code that was asked for. The row holds no code: it is reckoned from the row with our key.

    There is one for every try, whoever's address was typed: what a page does depends on nobody's being known.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5)
    """`email` or `phone`: what was typed."""
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=5)
    nonce = models.CharField(max_length=24)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    """When a worker looked whose address it is, and sent the code if it is somebody's."""
    sent_to = models.CharField(max_length=254, blank=True)
    """The address it went to, which signing in proves; empty where it went nowhere."""
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="account_code_waiting", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"code of {self.made_at:%F %R}"


class AccountSessionQuerySet(models.QuerySet["AccountSession"]):
    def open(self, *, now: datetime) -> "AccountSessionQuerySet":
        return self.filter(ended_at=None, expires_at__gt=now, customer__erased_at=None)


class AccountSession(models.Model):
    """One device on which somebody is signed in. Only a digest is kept: reading the table lets nobody in."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="account_sessions")
    """The row that the proved address names; the person is whatever it has been merged into since."""
    kind = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    """What was proved: it decides which orders are shown beside the person's own."""
    digest = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AccountSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["customer"], name="account_session_customer")]

    def __str__(self) -> str:
        return f"session of {self.made_at:%F %R}"

    @staticmethod
    def digest_of(token: str) -> str:
        return sha256(token.encode()).hexdigest()


class Passkey(models.Model):
    """A passkey that a customer has added: their device proves who they are, without a code."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="passkeys")
    kind = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    """The address that was proved when it was added: it lets in to the same orders."""
    credential = models.BinaryField()
    """As the device attested it: id and public key."""
    credential_digest = models.CharField(max_length=64, unique=True)
    count = models.BigIntegerField(default=0)
    """How many signatures the device says it has made; nought for ever where it does not count."""
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="passkey_customer")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest_of(credential_id: bytes) -> str:
        return sha256(credential_id).hexdigest()


class PasskeyQuestion(models.Model):
    """Random bytes that a device is asked to sign. The row goes with the first answer: no answer counts twice."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+", db_index=False)
    session = models.ForeignKey(AccountSession, models.CASCADE, null=True, related_name="+")
    """Who adds a passkey; nobody where one is to sign in."""
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"question until {self.expires_at:%F %R}"
