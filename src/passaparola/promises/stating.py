"""The forms of the page of standards, filled with what the shop states now."""

from passaparola.promises import standards
from passaparola.promises.forms import HoursForm, StandardsForm, written
from passaparola.promises.kind import KINDS
from passaparola.promises.models import OpeningHours
from passaparola.promises.rules import opening
from passaparola.stores.models import Store


def standards_form(store: Store) -> StandardsForm:
    stated = standards.amounts({store.pk})
    initial = {key: stated.get((store.pk, key), kind.amount) for key, kind in KINDS.items()}
    return StandardsForm(initial=initial, auto_id="standard_%s")


def hours_form(store: Store) -> HoursForm:
    hours = OpeningHours.objects.filter(store=store).first()
    week = opening.read_week(hours.week) if hours and hours.week else opening.USUAL
    days = {
        f"day{n}": written([(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in periods])
        for n, periods in enumerate(week)
    }
    return HoursForm(initial=days | {"closed": ", ".join(hours.closed) if hours else ""}, auto_id="hours_%s")
