"""The statement of withdrawal, as somebody types it who has no link."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NUMBER = 60


class StatementForm(forms.Form):
    """What the law lets a shop ask for: a name, the contract, and where the receipt goes."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    number = forms.CharField(
        label=_("Order number"),
        max_length=LONGEST_NUMBER,
        help_text=_("It stands in the e-mail with which we confirmed your order."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The one you ordered with. The receipt goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_number(self) -> str:
        number = "".join(str(self.cleaned_data["number"]).split()).lstrip("#")[:LONGEST_NUMBER]
        if not number:
            raise forms.ValidationError(_("Write the number of your order, such as 1001."))
        return number

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().casefold()
