"""What people type to find their order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.account.rules import lookup, ways_in


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


class AddressForm(forms.Form):
    """Where to send a one-time code."""

    address = forms.CharField(
        label=_("E-mail or telephone"),
        max_length=254,
        help_text=_("The one you ordered with. We send you a code; there is no password to remember."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_address(self) -> str:
        typed = " ".join(self.cleaned_data["address"].split())
        if ways_in.kind_of(typed) == "email":
            return str(forms.EmailField().clean(typed))
        if sum(sign.isdigit() for sign in typed) < ways_in.FEWEST_DIGITS:
            raise forms.ValidationError(_("Write an e-mail address or a telephone number."))
        return typed


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "20"}
        ),
    )

    def clean_code(self) -> str:
        digits = ways_in.digits_of(self.cleaned_data["code"])
        if len(digits) != ways_in.DIGITS:
            raise forms.ValidationError(_("The code has six digits."))
        return digits
