"""The thing itself, again."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Cost, Remedy

kind = Remedy(
    key="replacement",
    label=_("A new one"),
    hint=_("The same thing, sent again"),
    icon="package-plus",
    step=6,
    fits=(4, 5),
    cost=Cost.ORDER,
    causes=frozenset({"lost_parcel", "damaged", "returning_parcel", "complaint", "bad_review"}),
    is_for_owners=True,
)
