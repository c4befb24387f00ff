"""What was paid, as rows that add up."""

from dataclasses import dataclass

from passaparola.account.rules.known import ZERO, Order
from passaparola.account.rules.voice import Moment


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    value: str
    is_total: bool = False


def amounts(order: Order, moment: Moment) -> tuple[Row, ...]:
    """Rows from the goods to the total, then what came back. Nothing where no amount is known."""
    _ = moment.voice.gettext
    if not order.total and not order.subtotal:
        return ()
    tax_on_top = order.tax if order.subtotal + order.shipping + order.tax == order.total else ZERO
    other = order.total - order.subtotal - order.shipping - tax_on_top
    codes = ", ".join(order.discount_codes)
    rows = [
        (_("Items"), order.subtotal + order.discount),
        (f"{_('Discount')} ({codes})" if codes else _("Discount"), -order.discount),
        (_("Shipping"), order.shipping),
        (_("Tax"), tax_on_top),
        (_("Other"), other),
    ]
    shown = [Row(name, moment.voice.money(value, order.currency)) for name, value in rows if value]
    total = Row(_("Total"), moment.voice.money(order.total, order.currency), is_total=True)
    return (
        *shown,
        total,
        *_included_tax(order, moment, is_on_top=bool(tax_on_top)),
        *_refunds(order, moment),
    )


def _included_tax(order: Order, moment: Moment, *, is_on_top: bool) -> tuple[Row, ...]:
    if is_on_top or not order.tax:
        return ()
    return (Row(moment.voice.gettext("of which tax"), moment.voice.money(order.tax, order.currency)),)


def _refunds(order: Order, moment: Moment) -> tuple[Row, ...]:
    rows = []
    for refund in sorted(order.refunds, key=lambda refund: refund.made_at):
        if refund.amount:
            day = moment.voice.short_day(moment.local(refund.made_at).date(), moment.today)
            name = moment.voice.gettext("Given back on %(day)s") % {"day": day}
            rows.append(Row(name, moment.voice.money(-refund.amount, order.currency)))
    return tuple(rows)


def payment(order: Order, moment: Moment) -> str:
    """`PayPal, paid on 16 Nov`: how and whether; empty where nothing is known."""
    _ = moment.voice.gettext
    state = {
        "pending": _("not yet paid"),
        "authorized": _("authorised, taken when we send it"),
        "partially_paid": _("partly paid"),
        "paid": _("paid"),
        "partially_refunded": _("partly given back"),
        "refunded": _("given back"),
        "voided": _("not taken"),
    }.get(order.payment_state, "")
    if order.payment_state == "paid" and order.paid_at:
        day = moment.voice.short_day(moment.local(order.paid_at).date(), moment.today)
        state = _("paid on %(day)s") % {"day": day}
    told = ", ".join(filter(None, (order.payment_method.strip(), state)))
    return told[:1].upper() + told[1:]
