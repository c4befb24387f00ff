"""Fulfilments, their news, and refunds in our own format."""

from datetime import datetime

from passaparola.orders.connectors.custom.given import Given
from passaparola.orders.facts import FulfilmentFacts, FulfilmentNewsFacts, PartFacts, RefundFacts


def read_fulfilment(fulfilment: Given, sent_at: datetime, *, order_id: str = "") -> FulfilmentFacts:
    return FulfilmentFacts(
        order_id=order_id or fulfilment.required("order_id", fulfilment.id),
        external_id=fulfilment.required("id", fulfilment.id),
        at=fulfilment.required_time("at"),
        updated_at=fulfilment.time("updated_at") or sent_at,
        is_cancelled=fulfilment.flag("is_cancelled") is True,
        carrier=fulfilment.text("carrier"),
        service=fulfilment.text("service"),
        numbers=fulfilment.texts("numbers"),
        urls=_links(fulfilment),
        parts=_parts(fulfilment),
    )


def _links(fulfilment: Given) -> tuple[str, ...]:
    """Each link is read as a value of its own, so that a bad one is named with its place."""
    links = {f"urls[{index}]": link for index, link in enumerate(fulfilment.texts("urls"))}
    urls = Given(links, fulfilment.place)
    return tuple(urls.link(name) for name in links)


def _parts(holder: Given) -> tuple[PartFacts, ...]:
    return tuple(
        PartFacts(
            line_id=part.required("line_id", part.id),
            quantity=part.required("quantity", part.whole),
            amount=part.amount("amount"),
        )
        for part in holder.many("parts")
    )


def read_news(news: Given) -> FulfilmentNewsFacts:
    status, at = news.required("status", news.text), news.required_time("at")
    return FulfilmentNewsFacts(
        order_id=news.required("order_id", news.id),
        fulfilment_id=news.required("fulfilment_id", news.id),
        external_id=news.id("id") or f"{status[:60]}-{at.isoformat()}",
        status=status,
        at=at,
        message=news.text("message"),
        place=news.text("place"),
        estimated_at=news.time("estimated_at"),
    )


def read_refund(refund: Given, *, order_id: str = "") -> RefundFacts:
    return RefundFacts(
        order_id=order_id or refund.required("order_id", refund.id),
        external_id=refund.required("id", refund.id),
        at=refund.required_time("at"),
        amount=refund.required("amount", refund.amount),
        reason=refund.text("reason"),
        parts=_parts(refund),
    )
