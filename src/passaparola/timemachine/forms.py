"""What to change, as an owner chooses it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.campaigns.models import Campaign
from passaparola.journeys.known import known
from passaparola.journeys.models import Journey, Version
from passaparola.journeys.rules.document import define
from passaparola.journeys.shelf import shelf
from passaparola.messages.forms.policy import PolicyForm, filled
from passaparola.messages.kind import kind_of
from passaparola.messages.policies import policy_of
from passaparola.segments import queries as segments
from passaparola.stores.models import Store
from passaparola.timemachine.change import CampaignChange, Change, JourneyChange

DAYS = (30, 90, 365)
NOTHING = ("", _("leave as it is"))


class ChangeForm(forms.Form):
    """The journey, the campaign and the stretch of time; the policy has a form of its own."""

    # The words of the choices are made for each form: `%` gives a lazy string its language at once.
    days = forms.TypedChoiceField(
        label=_("How far back"), coerce=int, choices=lambda: [(n, _("%d days") % n) for n in DAYS], initial=30
    )
    journey = forms.ChoiceField(label=_("Journey"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    ago = forms.IntegerField(
        label=_("Sent so many days ago"), min_value=1, max_value=364, required=False, initial=14
    )

    def __init__(self, *args: Any, store: Store, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.store, self.language = store, language
        self.fields["journey"].choices = [NOTHING, *self._journeys()]  # type: ignore[attr-defined]
        drafts = Campaign.objects.filter(store=store, cancelled_at=None).order_by("-pk")[:50]
        self.fields["campaign"].choices = [  # type: ignore[attr-defined]
            NOTHING,
            *((str(one.pk), one.name) for one in drafts),
        ]
        # The policy's own fields lie beside these in one form on the page.
        asked = self.data if self.data.get("policy") == "on" else None
        self.policy = PolicyForm(asked, initial=filled(policy_of(store)))

    def _journeys(self) -> list[tuple[str, Any]]:
        ours = list(Journey.objects.kept().filter(store=self.store).order_by("name"))
        versions = Version.objects.filter(journey__in=ours).order_by("-number").select_related("journey")
        found: list[tuple[str, Any]] = [
            (f"version:{one.pk}", _("%(name)s, version %(n)d") % {"name": one.journey.title, "n": one.number})
            for one in versions[:100]
        ]
        found += [(f"without:{one.pk}", _("without “%s”") % one.title) for one in ours]
        taken = {one.key for one in ours}
        return found + [
            (f"ready:{one.key}", _("%s (from the playbook)") % one.name)
            for one in shelf(self.language)
            if one.key not in taken
        ]

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.policy.is_bound or self.policy.is_valid())

    def change(self, now: datetime) -> Change:
        """Return what was chosen. Raises ConditionError where it can't be read any more."""
        policy = self.policy.chosen().as_policy() if self.policy.is_bound else None
        return Change(policy=policy, journey=self._journey(), campaign=self._campaign(now))

    def _journey(self) -> JourneyChange | None:
        what, _colon, which = self.cleaned_data["journey"].partition(":")
        if what == "without":
            return JourneyChange(journey_id=int(which), definition=None)
        if what == "version":
            version = Version.objects.get(pk=which, journey__store=self.store)
            return JourneyChange(journey_id=version.journey_id, definition=version.definition)
        ready = next((one for one in shelf(self.language) if what == "ready" and one.key == which), None)
        if ready is None:
            return None
        return JourneyChange(journey_id=0, definition=define(ready.document, known=known(self.store)))

    def _campaign(self, now: datetime) -> CampaignChange | None:
        if not self.cleaned_data["campaign"]:
            return None
        found = Campaign.objects.select_related("template", "segment").get(
            pk=self.cleaned_data["campaign"], store=self.store
        )
        tree = found.meaning if found.condition is None else found.condition
        kind = kind_of(found.template.kind)
        if kind is None:
            return None
        ago = self.cleaned_data["ago"] or self.fields["ago"].initial
        at = (now - timedelta(days=min(ago, self.cleaned_data["days"] - 1))).astimezone(self.store.zone)
        opens = found.opens
        return CampaignChange(
            kind=kind,
            thing=found.asked_by,
            condition=segments.read(tree),
            channel=found.channel,
            at=at.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0),
        )
