"""Whose time comes when: kept beside the enrolments by triggers, so that a step does not move their indexes."""

from django.db import models


class Due(models.Model):
    """One row for each enrolment that is open and has a time; never written but by the database itself."""

    pk = models.CompositePrimaryKey("due_at", "enrolment_id")
    due_at = models.DateTimeField()
    enrolment_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.enrolment_id} at {self.due_at}"
