"""What the team says about a parcel."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from passaparola.office.forms.fields import OfficeForm, line
from passaparola.office.queries.connections import OUR_WORDS
from passaparola.office.standing import PARCELS
from passaparola.tracking.carrier import CARRIERS, ScanState
from passaparola.tracking.known_carriers import KNOWN_CARRIERS

TYPED = [state for state in ScanState if state not in {ScanState.UNKNOWN, ScanState.LABEL_CREATED}]
CLOCKS_DIFFER = timedelta(minutes=10)
OLDEST = timedelta(days=730)


def _carriers() -> list[tuple[str, Any]]:
    """Those we follow and those we know by name, each name once, as people look for them."""
    followed = {key: kind.name for key, kind in CARRIERS.items() if kind.answers_polls}
    named = {key: carrier.name for key, carrier in KNOWN_CARRIERS.items() if key != "gls"}
    found = sorted(
        (named | followed | {"manual": str(OUR_WORDS["manual"])}).items(), key=lambda kind: kind[1].lower()
    )
    return [("", _("Choose…")), *found]


class CarrierForm(OfficeForm):
    carrier = forms.ChoiceField(label=_("Who brings it?"), choices=_carriers)

    def __init__(self, *args: Any, parcel: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parcel = parcel


class ScanForm(OfficeForm):
    state = forms.ChoiceField(
        label=_("What happened?"), choices=lambda: [(state.value, PARCELS[state].label) for state in TYPED]
    )
    at = forms.DateTimeField(
        label=_("When?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write day and time, like 2026-11-20 14:30.")},
    )
    place = forms.CharField(label=_("Where?"), required=False, max_length=100, widget=line())
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=300,
        widget=line(),
        help_text=_("The customer reads this, too."),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, parcel: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.parcel = zone, now, parcel
        self.fields["at"].initial = now.astimezone(zone).strftime("%Y-%m-%dT%H:%M")

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        at = timezone.make_aware(timezone.make_naive(at, self.zone), self.zone) if at.tzinfo else at
        if at > self.now + CLOCKS_DIFFER:
            raise forms.ValidationError(_("That is still to come. Type only what has happened."))
        if at < self.now - OLDEST:
            raise forms.ValidationError(_("That is more than two years ago."))
        return at

    def scan(self) -> dict[str, Any]:
        """What `tracking.actions.type_scan` takes."""
        return self.cleaned_data | {"state": ScanState(self.cleaned_data["state"])}
