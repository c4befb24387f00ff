"""What a customer told one of the team, on the phone or at the till."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.messages.accounts import name_of
from passaparola.messages.rules.values import WANTED, Purpose

ANSWERS = [("no", _("No, not any more")), ("yes", _("Yes, they would like it"))]


class ToldForm(forms.Form):
    """One answer about some purposes on one channel, in the customer's own words."""

    answer = forms.ChoiceField(label=_("What they said"), choices=ANSWERS, widget=forms.RadioSelect)
    offer = forms.BooleanField(label=_("Offers"), required=False)
    news = forms.BooleanField(label=_("News and stories of the shop"), required=False)
    ask = forms.BooleanField(label=_("Questions, such as how you like what you bought"), required=False)
    channel = forms.ChoiceField(label=_("By which way"))
    words = forms.CharField(
        label=_("How and in which words"),
        max_length=300,
        help_text=_("It stays as the proof: “on the phone: please, no more newsletters”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, channels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(one, name_of(one)) for one in channels]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["channel"].initial = channels[0]

    def purposes(self) -> list[forms.BoundField]:
        """Return the fields of what it is about."""
        return [self[purpose.value] for purpose in (Purpose.OFFER, Purpose.NEWS, Purpose.ASK)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(purpose.value) for purpose in WANTED):
            self.add_error("offer", _("Say what it is about: at least one of these."))
        return given

    def said(self) -> dict[Purpose, bool]:
        is_given = self.cleaned_data["answer"] == "yes"
        return {purpose: is_given for purpose in WANTED if self.cleaned_data[purpose.value]}
