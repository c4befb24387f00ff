"""The shop's own data, its look, its team, and a person's own choices."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.brand import BrandCheck, check_brand
from passaparola.kernel.ui.contrast import HEADING_FACES, LARGEST_RADIUS, BrandError
from passaparola.office.forms.fields import OfficeForm
from passaparola.stores.models import Member, Role, Store

FACES = {"serif": _("Serif"), "sans": _("Plain"), "rounded": _("Rounded"), "slab": _("Sturdy")}
THEMES = [("auto", _("As this device")), ("light", _("Light")), ("dark", _("Dark"))]


class ShopForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    url = forms.URLField(label=_("Address of the shop"), max_length=300, assume_scheme="https")
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone],
    )
    language = forms.ChoiceField(label=_("Language of customers who tell none"), choices=settings.LANGUAGES)

    class Meta:
        model = Store
        fields = [
            *("name", "tagline", "url", "email", "phone", "postal_address", "city", "country", "signature"),
            *("language", "time_zone", "currency", "cut_off_hour", "preparation_days"),
            *("quiet_from", "quiet_until", "welcome_coupon"),
        ]
        labels = {
            "name": _("Name"),
            "tagline": _("In a few words"),
            "email": _("E-mail for customers"),
            "phone": _("Telephone"),
            "postal_address": _("Postal address"),
            "city": _("City"),
            "country": _("Country"),
            "currency": _("Currency"),
            "signature": _("Who signs"),
            "cut_off_hour": _("Orders until this hour leave the same day"),
            "preparation_days": _("Working days to prepare an order"),
            "quiet_from": _("No messages from"),
            "quiet_until": _("until"),
            "welcome_coupon": _("Coupon for the second order"),
        }
        help_texts = {
            "country": _("Two letters, like IT."),
            "currency": _("Three letters, like EUR."),
            "signature": _("Stands under messages and notes: Sara."),
            "postal_address": _("The law asks for it in every mail."),
            "welcome_coupon": _("Empty: no confirmation offers one."),
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean_country(self) -> str:
        return self._letters("country", 2, _("Write the country as two letters, like IT."))

    def clean_currency(self) -> str:
        return self._letters("currency", 3, _("Write the currency as three letters, like EUR."))

    def clean_cut_off_hour(self) -> int:
        hour = int(self.cleaned_data["cut_off_hour"])
        if hour > 23:  # noqa: PLR2004 - the last hour of a day
            raise forms.ValidationError(_("Give an hour from 0 to 23."))
        return hour

    def _letters(self, name: str, count: int, sentence: Any) -> str:
        letters = str(self.cleaned_data[name]).strip().upper()
        if len(letters) != count or not (letters.isascii() and letters.isalpha()):
            raise forms.ValidationError(sentence)
        return letters


class BrandForm(OfficeForm):
    """The shop's look. Colours that read badly are kept, and customers see the nearest shade that reads well."""

    colour = forms.CharField(label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"}))
    tint = forms.CharField(label=_("Colour of the page"), widget=forms.TextInput(attrs={"type": "color"}))
    radius = forms.IntegerField(
        label=_("Round corners"),
        min_value=0,
        max_value=LARGEST_RADIUS,
        help_text=_("0 for square ones, 32 for very round ones."),
    )
    heading_face = forms.ChoiceField(
        label=_("Headings"), choices=[(face, FACES.get(face, face)) for face in HEADING_FACES]
    )
    check: BrandCheck | None = None

    def clean(self) -> dict[str, Any]:
        colour, tint = self.cleaned_data.get("colour", ""), self.cleaned_data.get("tint", "")
        try:
            self.check = check_brand(colour, tint)
        except BrandError:
            raise forms.ValidationError(
                _("That is no colour. Write it as # and six digits, like #8c3b2e.")
            ) from None
        return self.cleaned_data


class InviteForm(OfficeForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)


class RoleForm(OfficeForm):
    role = forms.ChoiceField(choices=Role.choices)


class MeForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES)

    class Meta:
        model = Member
        fields = ["name", "language", "theme"]
        labels = {"name": _("Name")}


class PasswordForm(OfficeForm):
    """A new password; whoever has one already proves that they know it."""

    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; four words that nobody would guess are best."),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if member.has_usable_password():
            now = forms.CharField(
                label=_("Password now"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
            self.fields = {"now": now} | self.fields

    def clean_now(self) -> str:
        if not self.member.check_password(self.cleaned_data["now"]):
            raise forms.ValidationError(_("That is not your password."))
        return str(self.cleaned_data["now"])

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.member)
        return str(self.cleaned_data["new"])
