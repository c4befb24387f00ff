"""A return as its customer follows it: where it stands, what comes next, and by when. Values for the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passaparola.kernel.ui import formats
from passaparola.returns.goods import items_of, sums_of
from passaparola.returns.models import Return, Settings
from passaparola.returns.rules.policy import Resolution
from passaparola.returns.rules.states import WITH_THE_CUSTOMER, State
from passaparola.returns.sending import Sending
from passaparola.returns.words import AGREED

S = State


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the way, done, under way or to come."""

    title: str
    when: str = ""
    state: str = "next"
    icon: str = "circle"


@dataclass(frozen=True, kw_only=True)
class Brief:
    """One return in a line, for the page of its order."""

    pk: int
    number: str
    headline: str


def briefly(order: int, *, now: datetime) -> list[Brief]:
    """Return where the returns of an order stand, the newest first."""
    filed = Return.objects.filter(order=order).select_related("store", "order").order_by("-pk")[:5]
    return [Brief(pk=one.pk, number=one.number, headline=Story(one, now=now).headline) for one in filed]


class Story:
    """Says everything about one return in the reader's language."""

    def __init__(self, filed: Return, *, now: datetime) -> None:
        self.filed, self.now = filed, now
        self.language = get_language() or "en"
        self.zone = filed.store.zone
        self.settings = Settings.objects.of(filed.store)
        self.sending = Sending(filed, self.settings, self.language)

    def day(self, at: datetime | None) -> str:
        return formats.day(at, self.language, self.zone, self.now) if at else ""

    def money(self, amount: Any) -> str:
        return formats.money(amount, self.filed.currency, self.language)

    @property
    def headline(self) -> str:
        filed = self.filed
        if filed.is_kept and filed.state is S.APPROVED:
            return _("You can keep it")
        if self.sending.waits_for_us:
            return _("Approved: we prepare the way back")
        if self.sending.is_fetched and filed.state is S.LABEL_SENT:
            return _("It is fetched at your door")
        return {
            S.REQUESTED: _("We are looking at it"),
            S.APPROVED: _("You can send it back"),
            S.LABEL_SENT: _("Ready to send"),
            S.POSTED: _("On its way to us"),
            S.TRAVELLING: _("On its way to us"),
            S.RECEIVED: _("It is back with us"),
            S.INSPECTED: _("We have looked at it"),
            S.REFUNDED: _("Your money is on its way"),
            S.EXCHANGED: _("Yours is on its way"),
            S.CLOSED: self._closed(),
            S.REFUSED: _("We can’t take it back"),
            S.EXPIRED: _("This return has run out"),
            S.CANCELLED: _("You keep it"),
        }[filed.state]

    def _closed(self) -> str:
        if self.filed.refunded_at:
            return _("Your credit is ready") if self._is_credit else _("Your money is on its way")
        if self.sending.has_arrived:
            return _("Yours has arrived")
        return _("Yours is on its way") if self.filed.exchanged_at else _("This return is closed")

    @property
    def _is_credit(self) -> bool:
        return self.filed.resolution == Resolution.CREDIT

    @property
    def lead(self) -> str:  # noqa: PLR0911 - one sentence a state
        filed = self.filed
        state = filed.state
        if state is S.REQUESTED:
            return _("You hear from us by %(day)s. Please don’t send anything yet.") % {
                "day": self.day(filed.decide_by)
            }
        if state in WITH_THE_CUSTOMER:
            if filed.is_kept:
                return self._what_comes()
            if self.sending.waits_for_us:
                by = _("You have what you need for it by %(day)s.") % {"day": self.day(filed.prepare_by)}
                return f"{by} {self._what_comes()}"
            sent = _("Please send it by %(day)s.") % {"day": self.day(filed.send_by)}
            return (
                f"{f'{self.sending.collection}.' if self.sending.collection else sent} {self._what_comes()}"
            )
        if state in {S.POSTED, S.TRAVELLING, S.RECEIVED, S.INSPECTED}:
            return self._what_comes()
        if filed.refunded_at and not self._is_credit:
            return _(
                "%(amount)s go back the way you paid. Banks usually take up to five working days to show it."
            ) % {"amount": self.money(filed.refund.amount if filed.refund else filed.whole)}
        if filed.refunded_at or filed.exchanged_at:
            return self._given()
        ends = {
            S.EXPIRED: _(
                "Nothing was sent in time, so it stays with you. You can begin anew while the time for returns lasts."
            ),
            S.CANCELLED: _("The return was cancelled. You can begin anew while the time for returns lasts."),
            S.REFUSED: filed.refusal,
            S.CLOSED: _("What we found stands below."),
        }
        return ends.get(state, "")

    def _given(self) -> str:
        step = self.filed.steps.filter(state__in=[S.REFUNDED, S.EXCHANGED]).last()
        return step.words if step and step.words else _("Thank you for your patience.")

    def _what_comes(self) -> str:
        """What the customer gets, and by when: a day where one is promised, else how long it takes."""
        filed = self.filed
        if filed.gives_money:
            amount = self.money(filed.whole)
            text = _("a credit of %(amount)s") % {"amount": amount} if self._is_credit else amount
            if filed.refund_by:
                return _("You get %(what)s by %(day)s.") % {"what": text, "day": self.day(filed.refund_by)}
            return _("You get %(what)s within %(days)d working days of its arrival.") % {
                "what": text,
                "days": filed.refund_days,
            }
        if filed.refund_by:
            return _("%(what)s: it leaves by %(day)s.") % {
                "what": self.agreed,
                "day": self.day(filed.refund_by),
            }
        return _("%(what)s: it leaves within %(days)d working days of its arrival.") % {
            "what": self.agreed,
            "days": filed.refund_days,
        }

    @property
    def agreed(self) -> str:
        """What comes instead, and which one the customer wished for."""
        wants = self.filed.wants
        return f"{AGREED[Resolution(self.filed.resolution)]}{f' ({wants})' if wants else ''}"

    @property
    def stages(self) -> list[Stage]:
        filed = self.filed
        if filed.state in {S.REFUSED, S.EXPIRED, S.CANCELLED}:
            ended = getattr(filed, f"{filed.state}_at")
            return [
                Stage(title=_("Asked for"), when=self._at(filed.requested_at), state="done"),
                Stage(title=self.headline, when=self._at(ended), state="now", icon="circle-alert"),
            ]
        return self._in_order(self._way())

    def _way(self) -> list[tuple[str, datetime | None, str, str]]:
        """Title, when it was, what is promised, icon."""
        filed = self.filed
        found = [
            (_("Asked for"), filed.requested_at, "", "pencil"),
            (_("Approved"), filed.approved_at, self._by(filed.decide_by), "circle-check"),
        ]
        if not filed.is_kept:
            sent = filed.posted_at or filed.travelling_at or filed.received_at
            word = _("Fetched") if self.sending.is_fetched else _("Posted")
            found.append((word, sent, "" if self.sending.is_fetched else self._by(filed.send_by), "package"))
            found.append((_("Back with us"), filed.received_at, "", "store"))
            found.append((_("Looked at"), filed.inspected_at, "", "search"))
        last = {
            Resolution.REFUND: _("Refunded"),
            Resolution.CREDIT: _("Credit made out"),
            Resolution.REPAIR: _("Mended and sent"),
        }.get(Resolution(filed.resolution), _("The new one is sent"))
        settled = filed.refunded_at or filed.exchanged_at
        found.append((str(last), settled, self._by(filed.refund_by), "gift"))
        return found

    def _in_order(self, way: list[tuple[str, datetime | None, str, str]]) -> list[Stage]:
        done = max((n for n, (_title, at, _by, _icon) in enumerate(way) if at), default=0)
        stages = []
        for n, (title, at, by, icon) in enumerate(way):
            state = "done" if n <= done else "now" if n == done + 1 and not self.filed.closed_at else "next"
            stages.append(Stage(title=title, when=self._at(at) if at else by, state=state, icon=icon))
        return stages

    def _at(self, at: datetime | None) -> str:
        return formats.moment(at, self.language, self.zone, self.now) if at else ""

    def _by(self, at: datetime | None) -> str:
        return _("by %(day)s") % {"day": self.day(at)} if at else ""

    @property
    def items(self) -> list[dict[str, Any]]:
        return items_of(self.filed, self.settings)

    @property
    def found_words(self) -> str:
        step = self.filed.steps.filter(state=S.INSPECTED).last()
        return step.words if step else ""

    @property
    def sums(self) -> list[tuple[str, str]]:
        return sums_of(self.filed, self.language)

    @property
    def total(self) -> str:
        return self.money(self.filed.whole)
