"""The shop's rules as its owner wrote them."""

from django.db import models
from django.db.models import Q

from passaparola.returns.rules.reasons import USUAL as REASONS
from passaparola.returns.rules.reasons import Reason, switched
from passaparola.stores.models import Store


def photos_usually() -> list[str]:
    """Return the reasons for which the usual settings want a picture."""
    return [reason.key for reason in REASONS if reason.needs_photo]


class Policy(models.Model):
    """One rule; see `rules.policy.Policy` for what each column means."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="return_policies", db_index=False)
    rank = models.PositiveSmallIntegerField(default=50)
    """The lower, the earlier it is asked."""
    name = models.CharField(max_length=80)
    countries = models.JSONField(default=list)
    products = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    price_from = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    price_below = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    days = models.PositiveSmallIntegerField(default=30)
    is_final_sale = models.BooleanField(default=False)
    resolutions = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    fee = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    credit_bonus_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    keep_below = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    needs_a_person = models.BooleanField(default=False)
    decide_days = models.PositiveSmallIntegerField(default=1)
    send_days = models.PositiveSmallIntegerField(default=14)
    refund_days = models.PositiveSmallIntegerField(default=5)
    words_en = models.CharField(max_length=400, blank=True)
    words_it = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fee__gte=0), name="policy_fee"),
            models.CheckConstraint(
                condition=Q(credit_bonus_percent__gte=0) & Q(credit_bonus_percent__lte=100),
                name="policy_bonus",
            ),
        ]
        indexes = [models.Index(fields=["store", "rank"], name="policy_order")]

    def __str__(self) -> str:
        return self.name


class SettingsQuerySet(models.QuerySet["Settings"]):
    def of(self, store: Store) -> "Settings":
        """Return what the shop has set, or the usual."""
        return self.filter(store=store).first() or Settings(store=store)


class Settings(models.Model):
    """What holds for all returns of a shop."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="return_settings")
    reasons_off = models.JSONField(default=list)
    reasons_with_photo = models.JSONField(default=photos_usually)
    own_reasons = models.JSONField(default=list)
    """`[{"key": "allergy", "words": "…", "words_it": "…", "is_our_doing": false, "needs_photo": false}]`"""
    address = models.CharField(max_length=300, blank=True)
    """Where things go back to; empty: the shop's own."""
    drop_off_en = models.CharField(max_length=300, blank=True)
    drop_off_it = models.CharField(max_length=300, blank=True)
    """Where the counters are."""
    made_to_order_tags = models.JSONField(default=list)
    """What the law lets nobody withdraw from: things made to the customer's own wish (article 16(c))."""

    objects = SettingsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"returns of {self.store}"

    def reasons(self) -> tuple[Reason, ...]:
        own = [Reason(**one) for one in self.own_reasons]
        return switched(self.reasons_off, self.reasons_with_photo, own)

    def sent_to(self) -> str:
        return self.address or self.store.postal_address
