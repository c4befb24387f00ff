"""A call by whoever owns the shop."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Remedy

kind = Remedy(
    key="senior_call",
    label=_("A call by the owner"),
    hint=_("No letter says as much"),
    icon="phone-call",
    step=7,
    fits=(4, 5),
    is_for_owners=True,
    tells=False,
)
