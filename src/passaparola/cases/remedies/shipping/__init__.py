"""What shipping cost, given back."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Cost, Remedy

kind = Remedy(
    key="shipping",
    label=_("Shipping back"),
    hint=_("What the customer paid for shipping"),
    icon="truck",
    step=5,
    fits=(3, 5),
    cost=Cost.SHIPPING,
    causes=frozenset(
        {
            "late_parcel",
            "stalled_parcel",
            "lost_parcel",
            "returning_parcel",
            "overdue_order",
            "broken_promise",
        }
    ),
)
