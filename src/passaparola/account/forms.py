"""What people type to find their order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.account.rules import lookup


class LookupForm(forms.Form):
    number = forms.CharField(
        label=_("Order number"),
        max_length=lookup.LONGEST,
        help_text=_("It stands in the e-mail with which we confirmed your order."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The one you ordered with."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_number(self) -> str:
        number = lookup.tidy_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("Write the number of your order, such as 1001."))
        return number

    def clean_email(self) -> str:
        return lookup.tidy_email(self.cleaned_data["email"])
