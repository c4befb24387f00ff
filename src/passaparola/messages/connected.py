"""The contract of channels that each shop connects with an account of its own, and that are asked over HTTP.

Such a channel is also a source of webhooks: what became of a message comes back, and so does what customers
write. It only translates, in both directions. What all of them have in common stands here: how many are asked
at once, what a status means where the provider says nothing better, when to leave it alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from passaparola.inbound.reading import parsed_object
from passaparola.inbound.source import Posted, Source, UnreadableError
from passaparola.kernel.http.client import Answer, Client, Limits, Request, outgoing
from passaparola.kernel.http.errors import RequestError
from passaparola.messages.channel import Account, Channel, Letter, Outcome, Packed, Result, UnsendableError
from passaparola.messages.rules.values import Purpose

AT_ONCE = 8
"""Requests under way at the same time for one hand: each waits some 200 ms for a server far away."""
PATIENCE = 2
"""So many in a row that nobody answers, and the account rests."""
REST = timedelta(minutes=1)
WITHOUT_A_WORD = timedelta(seconds=30)
"""How long to wait after a 429 that names no time."""
NOT_LET_IN = timedelta(minutes=15)
"""With a wrong key nothing is won by asking on; whoever mends it wakes the account up at once."""
LIMITS = Limits(connect=5, total=10, bytes=64 * 1024)
LONGEST_WORDS = 300
_REFUSALS = frozenset({401, 403, 407})
_WAIT, _BUSY = 429, 503


class Step(StrEnum):
    """How far a message has come, as the provider tells."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What became of a message of ours."""

    provider_id: str
    step: Step
    at: datetime
    words: str = ""
    """Why it failed."""
    is_dead_address: bool = False
    category: str = ""
    """What the provider charges it as (`utility`, `marketing`), where that decides its price."""
    is_free: bool = False
    """The provider says that it costs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Something a customer wrote to us."""

    provider_id: str
    address: str
    words: str
    at: datetime
    start: str = ""
    """The token of our link by which this person came, if they did."""
    is_stop: bool = False
    """The provider itself took it as a wish to be left alone."""
    is_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A customer closed the door (blocked the bot): the address is none any more."""

    address: str
    at: datetime


Told = Progress | Words | Left


class ConnectedChannel(Channel, Source):
    """Contract. Subclasses say how a letter is asked for, what the answer means, and read webhooks."""

    is_connected: ClassVar[bool] = True
    posts_webhooks: ClassVar[bool] = True
    takes_phones: ClassVar[bool] = False
    """Its addresses are phone numbers in E.164, known from orders; the others have to be given for it."""
    takes_browsers: ClassVar[bool] = False
    """Its addresses are browsers, which subscribe on the customer's page."""
    is_free: ClassVar[bool] = False
    """Its provider takes nothing for a message."""
    invitation: ClassVar[str | Promise] = ""
    """Said to customers beside the link by which they begin."""
    per_ten_seconds: ClassVar[int] = 100
    """So many messages an account may send in ten seconds, over all workers."""
    client: Client | None = None
    """Set in tests; the product's own otherwise."""

    def is_ready(self) -> bool:
        """Never for all shops at once: `actions.send_connected` looks for each shop's account."""
        return False

    def is_complete(self, account: Account) -> bool:
        """Tell whether everything was given that sending needs."""
        needed = [name for name in self.settings if name not in self.optional]
        return bool(account.secret) and all(account.given.get(name) for name in needed)

    def may_open(self, account: Account, *, is_window_open: bool, is_owed: bool = True) -> bool:  # noqa: ARG002 - for those with windows
        """Tell whether we may write there now without having been written to: what we owe, or what we want."""
        return True

    def parts(self, packed: Packed) -> int:  # noqa: ARG002 - for those charged by the part
        """Return how many parts a letter is charged as."""
        return 1

    def category(self, purpose: Purpose) -> str:  # noqa: ARG002 - for those whose price depends on it
        """Return what the provider will charge it as, as price lists name it; empty where it makes no difference."""
        return ""

    def request(self, packed: Packed, account: Account) -> Request:
        """Return what is sent to hand a letter over."""
        raise NotImplementedError

    def outcome(self, packed: Packed, answer: Answer) -> Outcome:
        """Say what an answer means. May raise UnreadableError: then the usual meaning of its status counts."""
        raise NotImplementedError

    def read(self, posted: Posted) -> tuple[Told, ...]:
        """Read a webhook. UnreadableError with a sentence for the team where it can't be."""
        raise NotImplementedError

    def beginning(self, account: Account, start: str) -> str:  # noqa: ARG002 - for those who have one
        """Return the link by which a customer begins there; `start` says which order it was. Empty: there is none."""
        return ""

    def browser_key(self, account: Account) -> str:  # noqa: ARG002 - for those who take browsers
        """Return what a browser needs to subscribe; empty where they can't."""
        return ""

    def browser_address(self, given: Mapping[str, str]) -> str:  # noqa: ARG002 - for those who take browsers
        """Name a browser by what it gave; empty where that is none we could write to."""
        return ""

    def announcement(self, account: Account) -> Request | None:  # noqa: ARG002 - for those who can
        """Return the request that tells the provider where to post; None where the shop does it by hand."""
        return None

    def asking(self) -> Client:
        """Return the one guarded way out."""
        return self.client or _client()

    def deliver(self, letters: Sequence[Packed]) -> Iterator[Outcome]:
        round_ = _Round(self)
        if len(letters) == 1:
            yield round_.handed_over(letters[0])
            return
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="channel") as pool:
            asked = [pool.submit(round_.handed_over, letter) for letter in letters]
            yield from (done.result() for done in as_completed(asked))


class _Round:
    """One call of `deliver`: remembers which accounts want to be left alone."""

    def __init__(self, channel: ConnectedChannel) -> None:
        self.channel = channel
        self.client = channel.asking()
        self._lock = Lock()
        self._stopped: dict[int, Outcome] = {}
        self._unanswered: dict[int, int] = {}

    def handed_over(self, packed: Packed) -> Outcome:
        account = packed.account
        if account is None:
            return Outcome(pk=packed.pk, result=Result.DOWN, words=_("The channel is not connected."))
        stopped = self._stopped.get(account.pk)
        if stopped is not None:
            return replace(stopped, pk=packed.pk)
        outcome = self._ask(packed, account)
        if outcome.pause is not None:
            with self._lock:
                self._stopped[account.pk] = Outcome(
                    pk=0, result=Result.DOWN, words=outcome.words, pause=outcome.pause
                )
        return outcome

    def _ask(self, packed: Packed, account: Account) -> Outcome:
        try:
            answer = self.client.send(self.channel.request(packed, account))
        except RequestError as error:
            return self._unanswered_by(packed, account, error)
        except UnsendableError as error:
            return Outcome(pk=packed.pk, result=Result.REFUSED, words=str(error), is_dead_address=True)
        with self._lock:
            self._unanswered[account.pk] = 0
        return judged(self.channel, packed, answer, now=datetime.now(UTC))

    def _unanswered_by(self, packed: Packed, account: Account, error: RequestError) -> Outcome:
        if error.is_permanent:
            # The address itself is none that may be asked: a browser's endpoint in a private network, say.
            return Outcome(pk=packed.pk, result=Result.REFUSED, words=str(error), is_dead_address=True)
        with self._lock:
            self._unanswered[account.pk] = self._unanswered.get(account.pk, 0) + 1
            pause = REST if self._unanswered[account.pk] >= PATIENCE else None
        result = Result.UNKNOWN if error.may_have_arrived else Result.DOWN
        return Outcome(pk=packed.pk, result=result, words=str(error), pause=pause)


def judged(channel: ConnectedChannel, packed: Packed, answer: Answer, *, now: datetime) -> Outcome:
    """Return what an answer means: first what all servers mean by it, then what this provider says."""
    wait = answer.retry_after(now)
    if answer.status == _WAIT or (answer.status == _BUSY and wait is not None):
        said = _said(channel, _("%(name)s asks us to wait."), answer)
        told = _told_wait(answer)
        pause = max(wait or told or WITHOUT_A_WORD, timedelta(seconds=1))
        return Outcome(pk=packed.pk, result=Result.DOWN, words=said, pause=pause)
    try:
        return channel.outcome(packed, answer)
    except UnreadableError:
        return usual(channel, packed, answer)


def usual(channel: ConnectedChannel, packed: Packed, answer: Answer, words: str = "") -> Outcome:
    """Return what a status means where the provider says nothing better.

    Of a server in trouble nobody knows if it took the letter; and a page in place of the answer we know
    (a portal, a proxy) is no yes.
    """
    if answer.status in _REFUSALS:
        said = _said(channel, _("%(name)s does not let us in (%(status)s): look at its keys."), answer)
        return Outcome(pk=packed.pk, result=Result.DOWN, words=words or said, pause=NOT_LET_IN)
    if 400 <= answer.status < 500:  # noqa: PLR2004 - the statuses of what is refused
        said = _said(channel, _("%(name)s refuses it (%(status)s)."), answer)
        return Outcome(pk=packed.pk, result=Result.REFUSED, words=words or said)
    if answer.status >= 500:  # noqa: PLR2004 - the statuses of a server in trouble
        said = _said(channel, _("%(name)s is in trouble itself (%(status)s)."), answer)
    else:
        said = _said(channel, _("%(name)s answers with something we can't read (%(status)s)."), answer)
    return Outcome(pk=packed.pk, result=Result.UNKNOWN, words=words or said)


def told_by(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer; UnreadableError where it is none."""
    return parsed_object(answer.body)


def clipped(words: str) -> str:
    """Return what the other side said, on one line and not too long, to be kept beside a message."""
    return " ".join(words.split())[:LONGEST_WORDS]


def news_of(letter: Letter) -> str:
    """Return a letter's line or two, as a sentence of its own."""
    words = letter.template.short(letter.data)
    return words[:1].upper() + words[1:]


def link_of(letter: Letter, beside: str = "") -> str:
    """Return where the letter leads: a campaign's whole letter, the order's page, else the shop.

    Nowhere where the words beside it lead somewhere already.
    """
    if "://" in beside:
        return ""
    order, page = letter.data.get("order"), letter.data.get("page_url")
    if page:
        return f"{page}?language={letter.template.language}"
    return str((order or {}).get("url") or "") if isinstance(order, dict) else ""


def _told_wait(answer: Answer) -> timedelta | None:
    """Telegram says it in the body, in seconds: `parameters.retry_after` (Bot API, “Making requests”)."""
    try:
        told = told_by(answer).get("parameters")
    except UnreadableError:
        return None
    seconds = told.get("retry_after") if isinstance(told, dict) else None
    is_number = isinstance(seconds, int) and not isinstance(seconds, bool)
    return timedelta(seconds=min(max(seconds, 0), 86_400)) if is_number and seconds is not None else None


def _said(channel: ConnectedChannel, sentence: str, answer: Answer) -> str:
    return sentence % {"name": channel.name, "status": answer.status}


@cache
def _client() -> Client:
    return replace(outgoing(), limits=LIMITS)
