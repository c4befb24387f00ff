"""What the customer is told of a return: one message a step that they would want to hear of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from passaparola.messages.actions import Wanted, ask
from passaparola.orders.links import order_link
from passaparola.orders.models import Order
from passaparola.returns.models import Return, Statement


def wanted(filed: Return, kind: str, *, now: datetime, **more: Any) -> Wanted:
    return Wanted(
        store_id=filed.store_id,
        key=f"{kind}:return:{filed.pk}",
        kind=kind,
        order_id=filed.order_id,
        asked_by=f"return:{filed.pk}",
        data=told_of(filed, now=now) | more,
    )


def told_of(filed: Return, *, now: datetime) -> dict[str, Any]:
    """Return what the templates of returns may say: see `messages.rendering.told` for the endings."""
    zone = filed.store.zone

    def day(at: datetime | None) -> str:
        return at.astimezone(zone).date().isoformat() if at else ""

    return {
        "number": filed.number,
        "url": return_link(filed, now=now),
        "things": things(filed),
        "resolution": filed.resolution,
        "gives_money": filed.gives_money,
        "wants": filed.wants,
        "way": "" if filed.is_kept else filed.way,
        "is_kept": filed.is_kept,
        "is_withdrawal": filed.is_withdrawal,
        "refusal": filed.refusal,
        "refund_days": filed.refund_days,
        "amount_money": str(filed.amount + filed.bonus),
        "fee_money": str(filed.fee),
        "decide_by_day": day(filed.decide_by),
        "prepare_by_day": day(filed.prepare_by),
        "send_by_day": day(filed.send_by),
        "refund_by_day": day(filed.refund_by),
    }


def prepared(filed: Return) -> dict[str, str]:
    """The code for the counter, or the day it is fetched."""
    made = filed.parcels.exclude(code="").last()
    return {"code": made.code if made else ""}


def given(filed: Return) -> dict[str, str]:
    """What the team said when it gave money, credit or a thing: the word, and by whom it travels."""
    step = filed.steps.filter(state__in=["refunded", "exchanged"]).last()
    sent = filed.parcels.filter(is_to_customer=True).last()
    return {
        "words": step.words if step else "",
        "sent_with": sent.carrier if sent else "",
        "sent_number": sent.number if sent else "",
    }


def return_link(filed: Return, *, now: datetime) -> str:
    return f"{_order_link(filed.order, now)}return/{filed.pk}/"


def _order_link(order: Order, now: datetime) -> str:
    """The order's page where the shop's customers find theirs; links that were taken back are left behind."""
    return order_link(order.pk, now=now, epoch=order.link_epoch, host=order.store.host)


def things(filed: Return) -> str:
    """`2 × Tazza Alba, sage · 1 × Piatto Luna`."""
    return " · ".join(
        f"{item.quantity} × {', '.join(filter(None, (item.line.title, item.line.variant)))}"
        for item in filed.items.select_related("line").order_by("pk")
    )


def remind(filed: Return, *, now: datetime) -> None:
    """Say that the time to send it is running out. Once."""
    ask([wanted(filed, "return_expiring", now=now)], now=now)


def acknowledge(statements: Sequence[Statement], *, now: datetime) -> None:
    """Send the receipt of a withdrawal to the order's own address: what was stated, and when, to the second."""
    ask(
        [
            Wanted(
                store_id=statement.store_id,
                key=f"withdrawal_receipt:{statement.pk}",
                kind="withdrawal_receipt",
                order_id=statement.order_id,
                asked_by=f"withdrawal:{statement.pk}",
                data=_receipt(statement, now),
            )
            for statement in statements
            if statement.order_id
        ],
        now=now,
    )


def _receipt(statement: Statement, now: datetime) -> dict[str, Any]:
    filed = statement.filed
    page = _order_link(statement.order, now) if statement.order else ""
    about = told_of(filed, now=now) if filed else {}
    return about | {
        "statement": statement.words,
        "name": statement.name,
        "stated_at": written(statement),
        "is_late": statement.is_late,
        "receipt_url": f"{page}withdraw/{statement.pk}/receipt.pdf",
        "url": about.get("url") or page,
    }


def written(statement: Statement) -> str:
    """`26/11/2026 14:03:27 (UTC+01:00)`: the time as a receipt has to give it, in the shop's zone."""
    at = statement.stated_at.astimezone(statement.store.zone)
    offset = at.strftime("%z")
    return f"{at:%d/%m/%Y %H:%M:%S} (UTC{offset[:3]}:{offset[3:]})"
