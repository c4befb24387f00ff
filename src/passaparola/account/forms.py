"""What people type to find their order."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from passaparola.account.rules import lookup, ways_in
from passaparola.account.rules.passkeys import LONGEST_NAME, MOST_BYTES
from passaparola.stores.models import Store


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


class ChangeForm(forms.Form):
    """Another address, or no parcel at all."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[("address", _("Send it to another address")), ("cancel", _("Cancel the whole order"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    line1 = forms.CharField(label=_("Street and number"), max_length=160, required=False)
    line2 = forms.CharField(label=_("Floor, staircase, name on the bell"), max_length=160, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Anything we should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    _ADDRESS = ("name", "line1", "line2", "postcode", "city")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("kind") == "address":
            for name in ("line1", "postcode", "city"):
                if not told.get(name):
                    self.add_error(name, _("We need this to send it there."))
        return told

    def address(self) -> dict[str, str]:
        if self.cleaned_data["kind"] != "address":
            return {}
        return {name: self.cleaned_data[name] for name in self._ADDRESS if self.cleaned_data[name]}


class FollowerForm(forms.Form):
    email = forms.EmailField(
        label=_("Their e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class MissingForm(forms.Form):
    """What they have looked at, and what they know."""

    signed = forms.BooleanField(
        label=_("Somebody I don’t know signed for it, or the place is not mine"), required=False
    )
    note = forms.CharField(
        label=_("What did you see?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class BirthdayForm(forms.Form):
    """Month and day, if they like; nobody needs the year."""

    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31, required=False)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        day, month = told.get("day"), told.get("month")
        if (day is None) != (month is None):
            raise forms.ValidationError(_("Give both day and month, or neither."))
        if day and month:
            try:
                date(2024, month, day)  # a leap year: somebody is born on 29 February
            except ValueError:
                raise forms.ValidationError(_("There is no such day.")) from None
        return told

    def birthday(self) -> str:
        day, month = self.cleaned_data["day"], self.cleaned_data["month"]
        return f"{month:02}-{day:02}" if day and month else ""

    @staticmethod
    def parts(birthday: str) -> dict[str, int]:
        month, _sign, day = birthday.partition("-")
        return {"day": int(day), "month": int(month)} if day.isdecimal() and month.isdecimal() else {}


class OwnPagesForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How the shop's customers reach their pages, and what they may do there."""

    host = forms.CharField(
        label=_("Your own name for these pages"),
        max_length=253,
        required=False,
        help_text=_("Such as orders.yourshop.com. Point it to this server first; the howto says how."),
    )
    origins = forms.CharField(
        label=_("Sites that may show the widget"),
        required=False,
        max_length=1000,
        help_text=_("One a line, such as https://yourshop.com"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Store
        fields = ["change_hours", "host"]
        labels = {"change_hours": _("Hours in which customers may ask for a change")}
        help_texts = {"change_hours": _("From ordering on, as long as nothing was sent. 0: not at all.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origins"].initial = "\n".join(self.instance.widget_origins)

    def clean_change_hours(self) -> int:
        hours = int(self.cleaned_data["change_hours"])
        if hours > ways_in.MOST_CHANGE_HOURS:
            raise forms.ValidationError(_("A month (720 hours) is the most."))
        return hours

    def clean_host(self) -> str | None:
        host = self.cleaned_data["host"].strip().lower().rstrip(".") or None
        if host and not ways_in.is_host(host):
            raise forms.ValidationError(
                _("This is no name of a host. Write it without https:// and without a slash.")
            )
        if host and (host in settings.ALLOWED_HOSTS or self._is_anothers(host)):
            raise forms.ValidationError(_("This name is taken."))
        return host

    def _is_anothers(self, host: str) -> bool:
        return Store.objects.filter(host=host).exclude(pk=self.instance.pk).exists()

    def clean_origins(self) -> list[str]:
        found = [line.rstrip("/") for line in self.cleaned_data["origins"].lower().split()]
        wrong = next((one for one in found if not ways_in.is_origin(one)), None)
        if wrong:
            words = _("“%(site)s” is no site. Write https:// and the name, nothing after it.")
            raise forms.ValidationError(words % {"site": wrong})
        return list(dict.fromkeys(found))[:20]


class PasskeyForm(forms.Form):
    """A passkey as the script hands it over, and what to call it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("So that you recognise the device: “My phone”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    answer = forms.CharField(max_length=MOST_BYTES, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "answer" in cleaned:
            cleaned["said"] = cleaned.pop("answer")
        return cleaned
