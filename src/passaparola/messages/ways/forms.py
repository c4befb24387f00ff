"""A line of the shop's price list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.messages.accounts import connectable


class PriceForm(forms.Form):
    """What one part of a message costs. Saying it again for the same channel and country changes it."""

    channel = forms.ChoiceField(label=_("Channel"))
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        required=False,
        help_text=_("Two letters, like IT. Left empty, it holds for all others."),
        error_messages={"invalid": _("Write the country as two letters, like IT.")},
    )
    category = forms.CharField(
        label=_("Category"),
        required=False,
        max_length=30,
        help_text=_("For WhatsApp: utility, marketing. Left empty, it holds for all others."),
    )
    amount = forms.DecimalField(
        label=_("Price of one part"),
        min_value=0,
        max_digits=9,
        decimal_places=5,
        help_text=_("In your shop's currency. A long text message has several parts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(key, kind.name) for key, kind in connectable().items() if not kind.is_free]
        self.fields["channel"].choices = names  # type: ignore[attr-defined] # a ChoiceField

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean_category(self) -> str:
        return str(self.cleaned_data["category"]).strip().lower()
