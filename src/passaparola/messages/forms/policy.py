"""How often, when not, and what must be quiet first, as the owner sets it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.messages.actions.policy import Chosen
from passaparola.messages.rules.policy import CAPS, GUARDS, Policy

CAP_NAMES = {
    "service": _("Messages about an order"),
    "ask": _("Questions"),
    "offer": _("Offers"),
    "news": _("News"),
    "all": _("Questions, offers and news together"),
}
GUARD_NAMES = {
    "parcel": _("A parcel is late, does not move or is lost"),
    "return": _("A return or a refund is open"),
    "complaint": _("A complaint, a low score or a bad review"),
    "case": _("Any other open case"),
}


class PolicyForm(forms.Form):
    """One pair of fields a cap, one field a guard; what is left empty is switched off."""

    quiet_from = forms.TimeField(
        label=_("No messages from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("The same time twice: no quiet hours."),
    )
    repeat_days = forms.IntegerField(
        label=_("Not the same thing again for days"),
        min_value=0,
        max_value=365,
        help_text=_(
            "To one person: offers, news, notes of thanks. Questions, and what speaks of an order: about the same "
            "order. 0: any time."
        ),
    )
    gather_minutes = forms.IntegerField(
        label=_("Minutes to wait for the other parcels"),
        min_value=0,
        max_value=120,
        help_text=_("So that the news of one order comes in one letter."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cap in CAPS:
            self.fields[f"cap_{cap.name}_most"] = _number(_("At most"), 1, 50)
            self.fields[f"cap_{cap.name}_days"] = _number(_("in days"), 1, 365)
        for guard in GUARDS:
            self.fields[f"guard_{guard.name}"] = _number(_("Days of calm after it"), 0, 60)

    @property
    def is_never_quiet(self) -> bool:
        """The quiet hours, as they stand in the form, begin and end at the same time."""
        first, last = (str(self[name].value() or "")[:5] for name in ("quiet_from", "quiet_until"))
        return bool(first) and first == last

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for cap in CAPS:
            most, days = given.get(f"cap_{cap.name}_most"), given.get(f"cap_{cap.name}_days")
            if (most is None) != (days is None) and not self.errors:
                where = f"cap_{cap.name}_{'days' if days is None else 'most'}"
                self.add_error(where, _("Give both numbers, or leave both empty."))
        return given

    def caps(self) -> list[tuple[Any, Any, Any]]:
        """Return the rows of the table: what, how many, in how many days."""
        return [
            (CAP_NAMES[cap.name], self[f"cap_{cap.name}_most"], self[f"cap_{cap.name}_days"]) for cap in CAPS
        ]

    def guards(self) -> list[tuple[Any, Any]]:
        return [(GUARD_NAMES[guard.name], self[f"guard_{guard.name}"]) for guard in GUARDS]

    def chosen(self) -> Chosen:
        """Return what was typed."""
        given = self.cleaned_data
        pairs = {cap.name: (given[f"cap_{cap.name}_most"], given[f"cap_{cap.name}_days"]) for cap in CAPS}
        return Chosen(
            quiet_from=given["quiet_from"],
            quiet_until=given["quiet_until"],
            caps={name: pair if pair[0] else None for name, pair in pairs.items()},
            guards={guard.name: given[f"guard_{guard.name}"] for guard in GUARDS},
            repeat_days=given["repeat_days"],
            gather_minutes=given["gather_minutes"],
        )


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False)


def filled(policy: Policy) -> dict[str, Any]:
    """Return what the form shows of a policy."""
    caps = {cap.name: cap for cap in policy.caps}
    guards = {guard.name: guard for guard in policy.guards}
    found: dict[str, Any] = {
        "quiet_from": policy.quiet_from,
        "quiet_until": policy.quiet_until,
        "repeat_days": policy.repeat_days,
        "gather_minutes": policy.gather_minutes,
    }
    for name, cap in caps.items():
        found |= {f"cap_{name}_most": cap.most, f"cap_{name}_days": cap.days}
    return found | {f"guard_{name}": guard.calm_days for name, guard in guards.items()}
