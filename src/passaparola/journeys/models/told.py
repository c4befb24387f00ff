"""Which days a store's customers have been told of already."""

from django.db import models

from passaparola.stores.models import Store


class DayTold(models.Model):
    """The last day for which birthdays, anniversaries and missed customers were looked for."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="+")
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.store_id}: {self.day}"
