"""What the team types: guides, files, product sheets."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from passaparola.guides.models import Guide, ProductSheet
from passaparola.guides.rules.filling import NAMES, unknown_names
from passaparola.products.models import Product
from passaparola.stores.models import Store

KINDS = [("help", _("Help about orders")), ("care", _("Care and use")), ("answer", _("A question answered"))]
TOPICS = [
    ("delivery", _("Delivery")),
    ("returns", _("Returns")),
    ("payment", _("Payment and refunds")),
    ("product", _("What I bought")),
    ("shipping", _("Shipping costs")),
    ("conditions", _("Conditions of sale")),
    ("guarantee", _("Guarantee")),
    ("other", _("Something else")),
]
MOMENTS = [
    ("packing", _("Being packed")),
    ("travelling", _("On its way")),
    ("late", _("Late")),
    ("pickup", _("At the pick-up point, or nobody was at home")),
    ("delivered", _("Delivered")),
    ("back", _("Coming back, or money to be given back")),
]
MARKUP = _("Blank lines make paragraphs; “- ” a list, “## ” a heading, **bold**, [a link](https://…).")


class GuideForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS)
    topic = forms.ChoiceField(
        label=_("Topic, for help about orders"), choices=[("", "—"), *TOPICS], required=False
    )
    moments = forms.MultipleChoiceField(
        label=_("Show it first while the order is"),
        choices=MOMENTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    product = forms.ModelChoiceField(
        queryset=Product.objects.none(),
        label=_("For this product"),
        required=False,
        empty_label=_("All products"),
    )
    category = forms.CharField(label=_("Or for this category"), max_length=120, required=False)
    video_url = forms.URLField(
        label=_("Link to a video"), max_length=300, required=False, assume_scheme="https"
    )

    class Meta:
        model = Guide
        fields = [
            *("kind", "topic", "moments", "product", "category", "video_url", "position"),
            *("title_it", "text_it", "title_en", "text_en"),
        ]
        labels = {
            "title_it": _("Title in Italian"),
            "text_it": _("Text in Italian"),
            "title_en": _("Title in English"),
            "text_en": _("Text in English"),
            "position": _("Place in the list"),
        }
        help_texts = {"text_it": MARKUP, "position": _("The smaller the number, the higher up.")}
        widgets = {
            "text_it": forms.Textarea(attrs={"rows": 10}),
            "text_en": forms.Textarea(attrs={"rows": 10}),
        }

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = Product.objects.filter(store=store, deleted_at=None).order_by("title", "pk")
        self.fields["product"].queryset = products  # type: ignore[attr-defined]  # it is a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("title_it") and not told.get("title_en"):
            self.add_error("title_it", _("Write a title in one of the languages."))
        for name in ("text_it", "text_en", "title_it", "title_en"):
            if unknown := unknown_names(told.get(name) or ""):
                known = ", ".join(f"{{{{ {one} }}}}" for one in NAMES)
                words = _("Nobody can fill in “%(name)s”. There is: %(known)s.")
                self.add_error(name, words % {"name": unknown[0], "known": known})
        if told.get("kind") == "help":
            told |= {"product": None, "category": ""}
        else:
            told |= {"topic": "", "moments": []}
            told["category"] = "" if told.get("product") else told.get("category", "").strip()
        return told


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Picture or PDF"), widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"})
    )


class SheetForm(forms.ModelForm):  # type: ignore[type-arg]
    related = forms.ModelMultipleChoiceField(
        queryset=Product.objects.none(),
        label=_("Spare parts and what goes with it"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    class Meta:
        model = ProductSheet
        fields = ["specs_it", "specs_en", "warranty_months", "related"]
        labels = {
            "specs_it": _("Specifications in Italian"),
            "specs_en": _("Specifications in English"),
            "warranty_months": _("Warranty in months"),
        }
        help_texts = {
            "specs_it": _("One a line, with a colon: “Weight: 640 g”."),
            "warranty_months": _("Empty: the two years that the law gives in the EU."),
        }
        widgets = {
            "specs_it": forms.Textarea(attrs={"rows": 6}),
            "specs_en": forms.Textarea(attrs={"rows": 6}),
            "warranty_months": forms.NumberInput(attrs={"min": 1, "max": 600}),
        }

    def __init__(self, *args: Any, products: QuerySet[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["related"].queryset = products  # type: ignore[attr-defined]  # it is one of many models

    def clean_warranty_months(self) -> int | None:
        months: int | None = self.cleaned_data["warranty_months"]
        if months is not None and not 1 <= months <= 600:  # noqa: PLR2004 - fifty years
            raise forms.ValidationError(_("Write a number of months from 1 to 600, or nothing."))
        return months
