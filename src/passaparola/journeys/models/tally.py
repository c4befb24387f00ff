"""How many went which way: the live figures of a journey's picture, without counting a million rows."""

from django.db import models

from passaparola.journeys.models.journey import Journey


class Tally(models.Model):
    """How often a step was left by a way. `step` is empty for entering; the way of an ending begins with `!`.

    In several rows each (`shard`), so that workers that count the same step do not wait for each other.
    """

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="tallies", db_index=False)
    step = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=80)
    shard = models.PositiveSmallIntegerField()
    count = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "step", "way", "shard"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.way}: {self.count}"
