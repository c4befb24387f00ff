"""Lists of addresses, and why one is lifted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.messages.models import SuppressionReason

LARGEST = 8 * 1024 * 1024
REASONS = [
    (SuppressionReason.UNSUBSCRIBED.value, _("They asked for no more offers and news")),
    (SuppressionReason.HARD_BOUNCE.value, _("The address does not exist")),
    (SuppressionReason.COMPLAINT.value, _("They reported a mail as spam")),
]


class ImportForm(forms.Form):
    """A file with one address a line, as any mail program exports it."""

    list_ = forms.FileField(label=_("File (CSV)"))
    reason = forms.ChoiceField(label=_("Where the file does not say why"), choices=REASONS)

    def clean_list_(self) -> str:
        file = self.cleaned_data["list_"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is too large: at most 8 MB."))
        content: bytes = file.read()
        try:
            return content.decode("utf-8-sig").replace("\x00", "")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace").replace("\x00", "")


class LiftForm(forms.Form):
    because = forms.CharField(
        label=_("Why may we write again?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It stays with the address: “she called and asked for it”."),
    )
