"""Something small in the next parcel."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Cost, Remedy

kind = Remedy(
    key="gift",
    label=_("A small gift"),
    hint=_("Something small with the next parcel"),
    icon="gift",
    step=3,
    fits=(2, 4),
    cost=Cost.CHOSEN,
    share=0.05,
)
