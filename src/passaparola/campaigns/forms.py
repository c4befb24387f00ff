"""What people type about a campaign."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passaparola.campaigns.models import Campaign
from passaparola.campaigns.rules.beginning import is_too_short, not_then
from passaparola.campaigns.standing import NOT_READY
from passaparola.messages.accounts import in_use, name_of
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Template
from passaparola.messages.rules.way import BEST
from passaparola.segments.models import Segment
from passaparola.stores.models import Store

SHARES: list[tuple[int, str | Promise]] = [
    (0, gettext_lazy("nobody")), (5, "5 %"), (10, "10 %"), (20, "20 %"), (30, "30 %"), (50, "50 %")
]  # fmt: skip


class CampaignForm(forms.Form):
    """A campaign's plan."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Its name, for you alone"))
    template = forms.ChoiceField(label=gettext_lazy("The letter"))
    segment = forms.ChoiceField(label=gettext_lazy("To whom"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("By which channel"), required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("In your shop’s time. Nothing is sent before you say so."),
    )
    opens = forms.TimeField(
        label=gettext_lazy("Not before"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label=gettext_lazy("Not after"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Both in the recipient’s own day."),
    )
    hold_out = forms.TypedChoiceField(
        label=gettext_lazy("Who gets nothing, to compare with"), choices=SHARES, coerce=int
    )
    trial = forms.TypedChoiceField(
        label=gettext_lazy("Who tries two wordings"),
        choices=SHARES,
        coerce=int,
        help_text=gettext_lazy(
            "Half of them gets each; the rest gets the one after which more people bought."
        ),
    )
    other_subject_en = forms.CharField(
        max_length=200, required=False, label=gettext_lazy("The other subject, in English")
    )
    other_subject_it = forms.CharField(
        max_length=200, required=False, label=gettext_lazy("The other subject, in Italian")
    )
    other_short_en = forms.CharField(
        max_length=1_000,
        required=False,
        label=gettext_lazy("The other text, in English"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    other_short_it = forms.CharField(
        max_length=1_000,
        required=False,
        label=gettext_lazy("The other text, in Italian"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decide_after = forms.IntegerField(
        min_value=1, max_value=72, label=gettext_lazy("Hours until the better one is chosen")
    )

    def __init__(self, *args: Any, store: Store, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        letters = Template.objects.of_store(store).own().in_use().filter(kind__in=sendable()).order_by("name")
        segments = Segment.objects.filter(store=store).order_by("name")
        self.fields["template"].choices = [(one.pk, one.name) for one in letters]  # type: ignore[attr-defined]
        channels = in_use(store.pk)
        several = [*channels, BEST] if len(channels) > 1 else channels
        self.fields["channel"].choices = [(key, name_of(key)) for key in several]  # type: ignore[attr-defined]
        if len(channels) == 1:
            del self.fields["other_short_en"], self.fields["other_short_it"]
        everybody = ("", _("Everybody who agreed to it"))
        self.fields["segment"].choices = [everybody, *((one.pk, one.name) for one in segments)]  # type: ignore[attr-defined]

    def clean_starts_at(self) -> datetime | None:
        """Refuse a moment that was not meant: what lies in the past would go out this very minute."""
        at: datetime | None = self.cleaned_data["starts_at"]
        if at is not None and (problem := not_then(at, self.now)):
            raise forms.ValidationError(NOT_READY[problem])
        return at

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        opens, closes = found.get("opens"), found.get("closes")
        if opens is not None and closes is not None and is_too_short(opens, closes):
            self.add_error("closes", NOT_READY["no_hours"])
        return found

    def values(self) -> dict[str, Any]:
        """Return what the form says as the campaign's columns."""
        found = dict(self.cleaned_data)
        others = {
            name: {
                language: text for language in ("en", "it") if (text := found.pop(f"{name}_{language}", ""))
            }
            for name in ("other_subject", "other_short")
        }
        segment = int(found.pop("segment") or 0) or None
        template = int(found.pop("template"))
        return {
            **found,
            **others,
            "template_id": template,
            "segment_id": segment,
            "channel": found["channel"] or "email",
            "is_for_everybody": segment is None,
        }


def sendable() -> list[str]:
    """Return the kinds that can be sent to many: those that need no order."""
    return [key for key, kind in KINDS.items() if not kind.needs_order and not kind.is_asked_for]


def begun_with(campaign: Campaign | None, *, day: datetime | None) -> dict[str, Any]:
    """Return what the form shows at first."""
    if campaign is None:
        return {
            "starts_at": day,
            "channel": "email",
            "opens": time(9),
            "closes": time(20),
            "hold_out": 10,
            "trial": 0,
            "decide_after": 4,
        }
    return {
        "name": campaign.name,
        "template": campaign.template_id,
        "segment": campaign.segment_id or "",
        "starts_at": campaign.starts_at,
        "channel": campaign.channel,
        "opens": campaign.opens,
        "closes": campaign.closes,
        "hold_out": campaign.hold_out,
        "trial": campaign.trial,
        "decide_after": campaign.decide_after,
        **{f"other_subject_{language}": text for language, text in campaign.other_subject.items()},
        **{f"other_short_{language}": text for language, text in campaign.other_short.items()},
    }
