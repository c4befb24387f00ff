"""Saying sorry, once: a second time it is an excuse."""

from django.utils.translation import gettext_lazy as _

from passaparola.cases.remedy import Remedy

kind = Remedy(
    key="apologise",
    label=_("Say sorry"),
    hint=_("Once a trouble, on whatever channel"),
    icon="heart-handshake",
    step=2,
    fits=(2, 5),
)
