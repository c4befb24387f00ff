"""Pictures that customers take of what is wrong. They are written anew before they are kept: see `kernel.pictures`."""

from django.db import models
from django.db.models import Q

from passaparola.orders.models import Line
from passaparola.returns.models.drafts import Draft
from passaparola.returns.models.filed import Return


class Photo(models.Model):
    """One picture of one thing; of a draft at first, then of the return it became. The team alone sees it."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="photos")
    filed = models.ForeignKey(Return, models.CASCADE, null=True, related_name="photos")
    line = models.ForeignKey(Line, models.CASCADE, related_name="+")
    content = models.BinaryField()
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(draft=None) ^ Q(filed=None), name="photo_of_one")]

    def __str__(self) -> str:
        return f"photo of {self.line}"
