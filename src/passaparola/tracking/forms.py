"""What the team enters about strikes and closures."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.tracking.countries import EUROPE
from passaparola.tracking.known_carriers import KNOWN_CARRIERS, KnownCarrier
from passaparola.tracking.rules.disruption import LONGEST_REGION

FURTHER = ("US", "CA", "AU", "JP")
_DAY = forms.DateInput(attrs={"type": "date"})


class DisruptionForm(forms.Form):
    """Days on which parcels are held up, whose, and the sentence that customers read."""

    first = forms.DateField(label=_("First day"), widget=_DAY)
    last = forms.DateField(label=_("Last day"), widget=_DAY)
    carrier = forms.ChoiceField(label=_("Carrier"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    postcodes = forms.CharField(
        label=_("Postcodes begin with"),
        required=False,
        max_length=120,
        help_text=_("Such as 07, 08, 09 for Sardinia. Empty means the whole country."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words_en = forms.CharField(
        label=_("In English"),
        max_length=200,
        help_text=_("One sentence, as customers read it: “BRT is on strike until Friday.”"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )
    words_it = forms.CharField(
        label=_("In Italian"),
        max_length=200,
        help_text=_("The same in Italian: “BRT è in sciopero fino a venerdì.”"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "it"}),
    )

    def __init__(self, *args: Any, countries: dict[str, str], **kwargs: Any) -> None:
        """`countries` names those that may be chosen, in the reader's language."""
        kwargs.setdefault("auto_id", "disruption_%s")
        super().__init__(*args, **kwargs)
        names = sorted((_told_apart(known), key) for key, known in KNOWN_CARRIERS.items())
        self._choices("carrier", [("", _("Any carrier")), *((key, name) for name, key in names)])
        named = sorted((name, code) for code, name in countries.items())
        self._choices("country", [("", _("Any country")), *((code, name) for name, code in named)])

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - made so above
        field.choices = choices

    def clean_postcodes(self) -> list[str]:
        written = self.cleaned_data["postcodes"]
        found = list(dict.fromkeys(part.upper() for part in re.split(r"[\s,;]+", written) if part))
        if len(found) > LONGEST_REGION or any(not re.fullmatch(r"[0-9A-Z]{1,8}", part) for part in found):
            raise forms.ValidationError(
                _("Write up to %(most)s beginnings of postcodes, such as: 07, 08, 09."),
                params={"most": LONGEST_REGION},
            )
        return found

    def clean(self) -> dict[str, Any] | None:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        if first and last and (last - first).days > _LONGEST:
            self.add_error("last", _("Longer than two months: split it, and say each time how it stands."))
        if found.get("postcodes") and not found.get("country"):
            self.add_error("country", _("Say in which country these postcodes are."))
        return found


_LONGEST = 62


def countries_to_choose() -> tuple[str, ...]:
    return (*EUROPE, *FURTHER)


def _told_apart(carrier: KnownCarrier) -> str:
    """`GLS (IT)`: some have a branch that is followed in another way and called the same."""
    land = carrier.key.rpartition("_")[2].upper()
    is_branch = any(
        other.name == carrier.name and other.key != carrier.key for other in KNOWN_CARRIERS.values()
    )
    return f"{carrier.name} ({land})" if is_branch and "_" in carrier.key else carrier.name
