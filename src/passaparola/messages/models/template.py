"""What a shop writes itself: in place of a kind's texts, or as letters of its own."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from passaparola.stores.models import Member, Store


class TemplateQuerySet(models.QuerySet["Template"]):
    def of_store(self, store: Store) -> "TemplateQuerySet":
        return self.filter(store=store)

    def own(self) -> "TemplateQuerySet":
        """The shop's own letters, which are sent where they are chosen."""
        return self.exclude(key=F("kind"))

    def in_use(self) -> "TemplateQuerySet":
        return self.filter(archived_at=None)


class Template(models.Model):
    """The shop's texts for a kind of message.

    The one whose key is the kind's is used wherever that kind is sent. Others have a name, are chosen by it in
    journeys and campaigns, and take purpose and life span from their kind.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="templates")
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=40)
    """A folder of `kinds/`."""
    name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    archived_at = models.DateTimeField(null=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        db_table = "outgoing_template"
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="template_once")]

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def is_own(self) -> bool:
        """It is a letter of the shop's own, not another wording of a kind."""
        return self.key != self.kind


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    def live(self) -> "TemplateVersionQuerySet":
        """Those that are or were sent, the newest first."""
        return self.filter(live_at__isnull=False).order_by("template", "-number")


class TemplateVersion(models.Model):
    """The texts as they were saved once. What is live never changes: it says for ever what somebody was sent."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    """By language: `{"it": {"subject": …, "preview": …, "short": …, "blocks": [{"type": …, "text": …}]}}`."""
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    live_at = models.DateTimeField(null=True)
    """Since when it is sent; the newest such version counts."""
    failed_at = models.DateTimeField(null=True)
    """When it could not be written for somebody: they got the version before."""
    failure = models.CharField(max_length=300, blank=True)

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        db_table = "outgoing_template_version"
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.CheckConstraint(
                condition=Q(failed_at=None) | Q(live_at__isnull=False), name="template_draft_never_fails"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"


class TemplatePicture(models.Model):
    """A picture for mails, as we wrote it anew; the address is unguessable and its content never changes."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="template_pictures")
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120, blank=True)
    content = models.BinaryField()
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "outgoing_template_picture"
        indexes = [models.Index(fields=["store", "-made_at"], name="template_picture_newest")]

    def __str__(self) -> str:
        return self.name or self.key
