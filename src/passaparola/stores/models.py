"""The shop, its look and its people."""

from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Store(models.Model):
    """One shop. Everything else belongs to exactly one."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=160, blank=True)
    url = models.URLField(max_length=300)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="IT")
    language = models.CharField(max_length=5, default="it")
    time_zone = models.CharField(max_length=60, default="Europe/Rome")
    currency = models.CharField(max_length=3, default="EUR")

    brand_colour = models.CharField(max_length=7, default="#8c3b2e")
    brand_tint = models.CharField(max_length=7, default="#fbf3ee")
    brand_radius = models.PositiveSmallIntegerField(default=12)
    brand_heading_face = models.CharField(max_length=20, default="serif")
    signature = models.CharField(max_length=80, blank=True)
    """Who signs messages and notes: `Sara`."""
    brand_changed_at = models.DateTimeField(db_default=Now())

    confirmation = models.CharField(max_length=40, default="by_rule")
    """`by_rule`, or the one confirmation that everybody gets."""
    welcome_coupon = models.CharField(max_length=60, blank=True)
    """Code offered by the enticing confirmation; empty: it is never chosen."""
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    change_hours = models.PositiveSmallIntegerField(default=24, db_default=24)
    """For how long after ordering customers may ask for another address or to cancel; 0: not at all."""
    host = models.CharField(max_length=253, null=True, unique=True)  # noqa: DJ001 - unique, and most have none
    """The shop's own name for its customers' pages: `orders.bottegaluna.example`."""
    widget_origins = models.JSONField(default=list, db_default=[])
    """Where the shop's site may show our widget: `https://bottegaluna.example`."""
    cut_off_hour = models.PositiveSmallIntegerField(default=12)
    preparation_days = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin. One that this machine does not know (any more) must stop neither shop nor workers."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # renamed, not plain, or a folder
            return ZoneInfo(settings.TIME_ZONE)


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Member":
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Member(AbstractBaseUser, PermissionsMixin):
    """Somebody of a shop's team."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="it")
    theme = models.CharField(max_length=5, default="auto")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    """May see the raw data pages."""
    joined_at = models.DateTimeField(db_default=Now())
    proved_at = models.DateTimeField(null=True)
    """Since when we know that the address is theirs: they used a link that an inviting shop never saw."""
    stores = models.ManyToManyField(Store, through="Membership", related_name="members")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = MemberManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    AGENT = "agent", _("Customer care")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def owners(self) -> "MembershipQuerySet":
        return self.active().filter(role=Role.OWNER, member__is_active=True)

    def active(self) -> "MembershipQuerySet":
        """Those that open the shop's pages."""
        return self.filter(waits=False)

    def by_name(self) -> "MembershipQuerySet":
        return self.select_related("member").order_by("member__name", "pk")


class Membership(models.Model):
    store = models.ForeignKey(Store, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AGENT)
    waits = models.BooleanField(default=False)
    """Another shop made this account and may hold a way into it: until its address is proved it opens nothing."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "member"], name="member_once_in_a_store")]

    def __str__(self) -> str:
        return f"{self.member} at {self.store}"


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def usable(self, *, now: datetime) -> "SignInLinkQuerySet":
        return self.filter(used_at=None, expires_at__gt=now, member__is_active=True)


class SignInLink(models.Model):
    """A way in without a password, once. Only a digest is kept: reading the table lets nobody in."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    proves_address = models.BooleanField(default=True)
    """False where it was shown to whoever invited this person."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link for {self.member}"
