"""Money off the next order."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Cost, Remedy

kind = Remedy(
    key="coupon",
    label=_("A coupon"),
    hint=_("Money off the next order"),
    icon="ticket-percent",
    step=4,
    fits=(3, 5),
    cost=Cost.CHOSEN,
    share=0.1,
    needs_code=True,
)
