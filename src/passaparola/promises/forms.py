"""What the shop states: how fast it is, and when it is there."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from passaparola.promises.kind import KINDS, Pace
from passaparola.promises.rules.opening import Period

UNITS = {Pace.OPEN_HOURS: _("open hours"), Pace.WORKING_DAYS: _("working days"), Pace.DAYS: _("days")}
DAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_PERIOD = re.compile(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?\s*")
LONGEST = 400
"""Hours or days: what takes longer is no standard."""


class StandardsForm(forms.Form):
    """One field a kind that can be stated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, kind in KINDS.items():
            if kind.is_stated:
                label = f"{kind.label} ({UNITS[kind.pace]})"
                self.fields[key] = forms.IntegerField(
                    label=label, min_value=1, max_value=kind.most or LONGEST
                )


class HoursForm(forms.Form):
    """A line a day, such as `9-13, 14:30-18:30`; empty where closed."""

    closed = forms.CharField(
        label=_("Closed on"),
        required=False,
        max_length=2000,
        help_text=_("Days beside public holidays, such as 2026-08-14, separated by commas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {
            f"day{n}": forms.CharField(label=name, required=False, max_length=60)
            for n, name in enumerate(DAYS)
        }
        self.fields = days | self.fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n in range(len(DAYS)):
            try:
                cleaned[f"day{n}"] = read_periods(cleaned.get(f"day{n}", ""))
            except ValueError:
                self.add_error(
                    f"day{n}", _("Write it like this: 9-13, 14:30-18:30. Leave it empty where closed.")
                )
        return cleaned

    def clean_closed(self) -> list[date]:
        try:
            return [
                date.fromisoformat(day.strip())
                for day in self.cleaned_data["closed"].split(",")
                if day.strip()
            ]
        except ValueError:
            raise ValidationError(_("Write days like this: 2026-08-14, 2026-08-15.")) from None

    def week(self) -> list[list[Period]]:
        return [self.cleaned_data[f"day{n}"] for n in range(len(DAYS))]


def read_periods(text: str) -> list[Period]:
    """Read `9-13, 14:30-18:30`. Raises ValueError where it is none, or the periods overlap."""
    found: list[Period] = []
    for part in filter(str.strip, text.split(",")):
        match = _PERIOD.fullmatch(part)
        if match is None:
            raise ValueError(part)
        start = time(int(match[1]), int(match[2] or 0))
        end = time(int(match[3]) % 24, int(match[4] or 0))
        if (found and found[-1][1] > start) or (end <= start and end != time()):
            raise ValueError(part)
        found.append((start, end))
    return found


def written(periods: object) -> str:
    """Return stored periods as they are typed."""
    return ", ".join(f"{start}-{end}" for start, end in periods)  # type: ignore[attr-defined]
