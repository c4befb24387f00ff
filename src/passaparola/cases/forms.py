"""What people type about a case."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import REMEDIES
from passaparola.stores.models import Store


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("What you did, or told the customer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class RemedyForm(forms.Form):
    remedy = forms.ChoiceField(choices=lambda: [(key, key) for key in REMEDIES])
    amount = forms.DecimalField(
        required=False, min_value=Decimal(0), max_value=Decimal(100_000), decimal_places=2
    )
    code = forms.CharField(required=False, max_length=60)
    words = forms.CharField(required=False, max_length=1000)
    tells = forms.BooleanField(required=False)
    seen = forms.IntegerField(required=False)


class AssignForm(forms.Form):
    to = forms.ChoiceField(label=_("Who cares for it"), required=False)

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = store.memberships.active().by_name()
        choices = [("", _("Nobody yet")), *((str(one.member_id), one.member.name) for one in people)]
        self.fields["to"] = forms.ChoiceField(label=_("Who cares for it"), required=False, choices=choices)


class ClaimForm(forms.Form):
    asked = forms.DecimalField(
        label=_("We ask for"), min_value=Decimal(0), max_value=Decimal(1_000_000), decimal_places=2
    )


class AnswerForm(forms.Form):
    recovered = forms.DecimalField(
        label=_("The carrier gave back"), min_value=Decimal(0), max_value=Decimal(1_000_000), decimal_places=2
    )


class BudgetForm(forms.Form):
    monthly = forms.DecimalField(
        label=_("For making good, a month"),
        min_value=Decimal(0),
        max_value=Decimal(1_000_000),
        decimal_places=2,
    )
    agent_limit = forms.DecimalField(
        label=_("Customer care may give at once"),
        min_value=Decimal(0),
        max_value=Decimal(1_000_000),
        decimal_places=2,
    )
