"""Was this useful? Asked under each guide."""

from datetime import datetime

from passaparola.guides.models import Guide, GuideVote


def vote(guide: Guide, *, order: int | None, is_useful: bool, now: datetime) -> None:
    """Keep the answer; who answers again from the same order has changed their mind."""
    answer = {"is_useful": is_useful, "said_at": now}
    if order is None:
        GuideVote.objects.create(guide=guide, **answer)
    else:
        GuideVote.objects.update_or_create(guide=guide, order_id=order, defaults=answer)
