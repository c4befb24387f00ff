"""The form on the page of all components."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExampleForm(forms.Form):
    """One field of each kind, one of them filled in wrongly."""

    name = forms.CharField(label=_("Name"), help_text=_("As customers see it."))
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("it", "Italiano")])
    colour = forms.CharField(label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"}))
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    told = forms.BooleanField(label=_("Tell the customer about it"), required=False)
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=[("broken", _("It arrived broken")), ("other", _("Not as I imagined"))],
        widget=forms.RadioSelect,
    )
