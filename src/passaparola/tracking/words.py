"""Whose doing a delay is, in words for the team."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CAUSES: dict[str, str | Promise] = {
    "shop": _("Ourselves: handed over late, or not yet"),
    "carrier": _("The carrier"),
    "customs": _("Customs"),
    "closure": _("Strikes and closures"),
    "holiday": _("Holidays on the way"),
    "attempt": _("Nobody was there"),
    "held": _("Held: an address, a payment"),
    "return": _("Sent back"),
    "lost": _("Lost"),
    "unknown": _("Nobody told us"),
}
"""`rules.delay.DelayCause`."""
