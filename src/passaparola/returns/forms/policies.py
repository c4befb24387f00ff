"""The shop's rules, as its owner types them: lists with commas, money with a point or a comma."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.returns.models import Policy, Settings
from passaparola.returns.rules.policy import Resolution, Way
from passaparola.returns.rules.reasons import USUAL
from passaparola.returns.words import AGREED, WAYS, in_words


class ListField(forms.CharField):
    """`IT, FR` to a list and back; doubles and blanks are left out."""

    def __init__(self, *, upper: bool = False, lower: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(required=False, max_length=600, **kwargs)
        self.upper, self.lower = upper, lower

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = ", ".join(value) if isinstance(value, list) else super().to_python(value) or ""
        text = text.upper() if self.upper else text.lower() if self.lower else text
        return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


class MoneyField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=Decimal(0), max_digits=12, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _days(label: Any, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, **kwargs)


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Only the team sees it."))
    rank = _days(_("Place"), 999, help_text=_("The first rule that fits counts: the lower, the earlier."))
    countries = ListField(
        label=_("Countries"), upper=True, help_text=_("Two letters each: IT, FR. Empty: all.")
    )
    tags = ListField(label=_("Tags and categories"), lower=True, help_text=_("Empty: all."))
    products = ListField(label=_("Products"), lower=True, help_text=_("Titles or ids. Empty: all."))
    price_from = MoneyField(label=_("Price from"), required=False)
    price_below = MoneyField(label=_("Price below"), required=False)
    days = _days(_("Days to return"), 3650, help_text=_("From the day the last parcel arrived."))
    is_final_sale = forms.BooleanField(label=_("Final sale: nothing goes back"), required=False)
    resolutions = forms.MultipleChoiceField(
        label=_("What they can get"),
        choices=[(key.value, AGREED[key]) for key in Resolution],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ways = forms.MultipleChoiceField(
        label=_("How it gets back"),
        choices=[(key.value, WAYS[key][0]) for key in Way],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fee = MoneyField(label=_("Fee"), help_text=_("Taken off a refund, unless it is your fault."))
    credit_bonus_percent = forms.DecimalField(
        label=_("More as credit, in %"), min_value=0, max_value=100, decimal_places=2
    )
    keep_below = MoneyField(
        label=_("May keep it below"),
        required=False,
        help_text=_("What came broken or wrong and is worth less need not come back."),
    )
    needs_a_person = forms.BooleanField(
        label=_("Somebody decides about each"),
        required=False,
        help_text=_("Else what is clear is approved at once."),
    )
    decide_days = _days(_("Working days to decide"), 30)
    send_days = _days(_("Days to send it"), 90)
    refund_days = _days(_("Working days to the money"), 14, help_text=_("From its arrival; at most 14."))
    words_en = forms.CharField(label=_("In your words, English"), required=False, max_length=400)
    words_it = forms.CharField(label=_("In your words, Italian"), required=False, max_length=400)

    class Meta:
        model = Policy
        fields = [
            *("name", "rank", "countries", "tags", "products", "price_from", "price_below"),
            *("days", "is_final_sale", "resolutions", "ways", "fee", "credit_bonus_percent", "keep_below"),
            *("needs_a_person", "decide_days", "send_days", "refund_days", "words_en", "words_it"),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("is_final_sale"):
            for name in ("resolutions", "ways"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose at least one."))
        low, high = given.get("price_from"), given.get("price_below")
        if low is not None and high is not None and low >= high:
            self.add_error("price_below", _("It has to be above the price where the rule begins."))
        return given


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What holds for all returns."""

    address = forms.CharField(
        label=_("Returns go to"),
        required=False,
        max_length=300,
        help_text=_("Empty: the shop’s postal address."),
    )
    drop_off_en = forms.CharField(label=_("Where the counters are, English"), required=False, max_length=300)
    drop_off_it = forms.CharField(label=_("Where the counters are, Italian"), required=False, max_length=300)
    made_to_order_tags = ListField(
        label=_("Made to order"),
        lower=True,
        help_text=_(
            "Tags of what is made to a customer’s own wish: the law excludes it from the withdrawal."
        ),
    )
    reasons_off = forms.MultipleChoiceField(
        label=_("Reasons you don’t offer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reasons_with_photo = forms.MultipleChoiceField(
        label=_("Reasons that need a photo"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Settings
        fields = [
            *("address", "drop_off_en", "drop_off_it", "made_to_order_tags"),
            *("reasons_off", "reasons_with_photo"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {reason.key: in_words(reason) for reason in USUAL}
        labels = {
            key: f"{words[key.partition('.')[0]]} · {text}" if "." in key else text
            for key, text in words.items()
        }
        for name in ("reasons_off", "reasons_with_photo"):
            self.fields[name].choices = list(labels.items())  # type: ignore[attr-defined]

    def clean_reasons_off(self) -> list[str]:
        off = list(self.cleaned_data["reasons_off"])
        if {reason.key for reason in USUAL if not reason.parent} <= {*off}:
            raise forms.ValidationError(_("Leave at least one reason, or nobody can send anything back."))
        return off


class ReasonForm(forms.Form):
    """A reason of the shop's own."""

    words = forms.CharField(label=_("In English"), max_length=80)
    words_it = forms.CharField(label=_("In Italian"), max_length=80)
    is_our_doing = forms.BooleanField(label=_("It is our doing: sending back costs nothing"), required=False)
    needs_photo = forms.BooleanField(label=_("Needs a photo"), required=False)
