"""Nothing comes in by itself for a parcel followed by hand."""

from datetime import UTC, datetime

from passaparola.inbound.source import Posted
from passaparola.tracking.carriers.manual import kind


def test_no_webhook_is_ever_authentic():
    posted = Posted(headers={}, body=b"{}", received_at=datetime(2026, 3, 5, tzinfo=UTC))

    assert not kind.is_authentic(posted, "any")
    assert not kind.posts_webhooks
    assert not kind.answers_polls
