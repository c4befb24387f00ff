"""The receipt of an order as PDF: what was bought and paid, for the drawer or the guarantee. It is no invoice."""

from datetime import datetime

from django.utils.translation import gettext as _

from passaparola.account.details import known_of
from passaparola.account.rules.page import page
from passaparola.orders.models import Order


def receipt(order: Order, language: str, *, now: datetime) -> bytes:
    """Return the PDF. It says itself what it is not."""
    from passaparola.kernel.pdf import Paper  # half a second, which no process that starts has to wait for

    known, moment = known_of(order, language, now)
    told = page(known, moment)
    paper = Paper(
        known.shop.name, language=language, title=_("Receipt for order %(number)s") % {"number": known.number}
    )
    paper.words(known.shop.name, size=20, bold=True)
    paper.words(known.shop.postal_address or known.shop.url, soft=True)
    paper.gap(8)
    paper.words(_("Receipt for order %(number)s") % {"number": known.number}, size=15, bold=True)
    if order.placed_at:
        day = moment.full_day(moment.local(order.placed_at).date())
        paper.words(_("Ordered on %(day)s") % {"day": day}, soft=True)
    if told.address:
        paper.gap()
        paper.words("\n".join(told.address))
    paper.rule()
    for item in told.items:
        paper.row(f"{item.quantity} × {item.name}", item.price)
    paper.rule()
    for row in told.amounts:
        paper.row(row.name, row.value, bold=row.is_total)
    paper.gap()
    if told.payment:
        paper.words(told.payment)
    paper.gap(8)
    made = moment.full_day(moment.today)
    paper.words(
        _(
            "Made on %(day)s from the shop’s records. This receipt proves the purchase; it is not a tax invoice."
        )
        % {"day": made},
        size=9,
        soft=True,
    )
    return paper.content()
