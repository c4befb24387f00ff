"""What the team says about a return."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeskForm(forms.Form):
    """Ids of its own, since several stand on one page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


def _text(**attrs: object) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


class RefuseForm(DeskForm):
    words = forms.CharField(
        label=_("Why not"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-press": "d"}),
        help_text=_("The customer reads it, word for word."),
    )


class LabelForm(DeskForm):
    label = forms.FileField(
        label=_("Label"),
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 3 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )
    code = forms.CharField(
        label=_("Code for the counter"),
        required=False,
        max_length=120,
        widget=_text(**{"data-press": "a"}),
        help_text=_("Shown to the customer as a QR code."),
    )
    carrier = forms.CharField(label=_("Carrier"), required=False, max_length=60, widget=_text())
    number = forms.CharField(label=_("Tracking number"), required=False, max_length=40, widget=_text())


class CollectionForm(DeskForm):
    code = forms.CharField(
        label=_("Day and hours"),
        max_length=120,
        widget=_text(**{"data-press": "a"}),
        help_text=_("When it is fetched at the customer’s door, such as: Tuesday 1 December, 9 to 13."),
    )
    carrier = forms.CharField(label=_("Carrier"), required=False, max_length=60, widget=_text())
    number = forms.CharField(label=_("Tracking number"), required=False, max_length=40, widget=_text())


class SettleForm(DeskForm):
    words = forms.CharField(
        label=_("For the customer"),
        required=False,
        max_length=200,
        widget=_text(),
        help_text=_("The code of the credit, or a word of yours; it stands in the mail, too."),
    )


class ExchangeForm(DeskForm):
    carrier = forms.CharField(
        label=_("Carrier"), required=False, max_length=60, widget=_text(**{"data-press": "c"})
    )
    number = forms.CharField(
        label=_("Tracking number"),
        required=False,
        max_length=40,
        widget=_text(),
        help_text=_("The customer follows the new parcel on the page of the return."),
    )
    words = forms.CharField(label=_("For the customer"), required=False, max_length=200, widget=_text())
