"""What was said to customers, for the team's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.messages.reasons import word
from passaparola.messages.rendering.template import Rendered
from passaparola.messages.rendering.texts import TemplateError
from passaparola.office import standing
from passaparola.office.paging import Page, page_of
from passaparola.stores.models import Store


@dataclass(frozen=True)
class MessageShown:
    message: Message
    kind: str
    standing: standing.Standing
    reason: str


def messages_page(store: Store, asked: Mapping[str, str]) -> Page[Message]:
    """One page: `asked` has `state`, `q` and a cursor."""
    found = Message.objects.filter(store=store).for_list().in_state(asked.get("state", ""))
    text = asked.get("q", "").strip()[:120].replace("\x00", "")
    return page_of(found.search(text) if text else found, asked)


def shown(message: Message, language: str) -> MessageShown:
    return MessageShown(
        message=message,
        kind=word(message.kind, language),
        standing=standing.MESSAGES[message.state],
        reason=message.why(language),
    )


def rendered(message: Message, *, now: datetime) -> Rendered | None:
    """The mail as it would be written now; None where it can't be any more: its kind or its order is gone."""
    if message.kind not in KINDS or (message.order_id is None and KINDS[message.kind].needs_order):
        return None
    kind, store = KINDS[message.kind], message.store
    try:
        letter = Letters.of([(message, kind)], {store.pk: store}, now).letter(message, kind)
        return letter.template.render(letter.data)
    except TemplateError:
        return None
