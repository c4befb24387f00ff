"""The contract of a carrier: it translates what a carrier or tracking service says into scans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from passaparola.inbound.source import Posted, Source
from passaparola.kernel.plugins import Registry


class ScanState(StrEnum):
    """What a scan means, in one vocabulary over all carriers."""

    LABEL_CREATED = "label_created"
    """Announced; the carrier does not have it."""
    PICKED_UP = "picked_up"
    """The carrier really has it."""
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    ATTEMPTED = "attempted"
    HELD = "held"
    """Customs, storage, wrong address: it waits for somebody."""
    DELAYED = "delayed"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFacts:
    state: ScanState
    at: datetime
    """Aware, carrying the place's own offset where known, so that local time can be shown."""
    has_time: bool = True
    """False where the carrier gave a day only."""
    place: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2 or empty."""
    words: str = ""
    """The carrier's own words, trimmed, never translated."""
    code: str = ""
    """The carrier's own code, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerFacts:
    """All that an answer or webhook says about one tracking number."""

    number: str
    """Normalised: upper case, without blanks."""
    carrier: str
    """Key of the carrier where it is one of ours (`gls_it`), else the service's slug (`dhl`, `brt-it`)."""
    scans: tuple[ScanFacts, ...] = ()
    estimated_date: date | None = None
    estimated_from: datetime | None = None
    estimated_until: datetime | None = None
    service: str = ""
    signed_by: str = ""
    is_final: bool = False
    """The carrier says that nothing more will come: polling may stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The request that asks a carrier about one number."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Carrier(Source):
    """Contract of `carriers/<key>/`. A carrier posts webhooks, answers polls, both, or neither."""

    posts_webhooks: ClassVar[bool] = False
    answers_polls: ClassVar[bool] = False
    countries: ClassVar[tuple[str, ...]] = ()
    """Where it delivers; empty for everywhere. One hint among several for telling carriers apart."""

    def read(self, posted: Posted) -> tuple[TrackerFacts, ...]:
        """Translate one authentic webhook. Raises `inbound.source.UnreadableError` with a sentence."""
        raise NotImplementedError

    def poll(self, number: str, settings: Mapping[str, str]) -> Poll:
        """Return the request to send; sending is the caller's business."""
        raise NotImplementedError

    def read_answer(self, body: bytes, number: str) -> TrackerFacts | None:
        """Translate the answer to a poll; None where the carrier doesn't know the number (yet).

        Raises `inbound.source.UnreadableError` where the answer is no answer (an error page).
        """
        raise NotImplementedError

    def likelihood(self, number: str) -> float | None:  # noqa: ARG002 - for those who override it
        """How well the number alone fits this carrier: 0 impossible, 1 check digit and shape both fit.

        None where its numbers tell nothing. `number` is upper case and without blanks.
        """
        return None

    def link(self, number: str, language: str) -> str:  # noqa: ARG002 - for those who override it
        """The carrier's own tracking page for this number, or the empty string."""
        return ""


CARRIERS: Registry[Carrier] = Registry("passaparola.tracking.carriers", Carrier)
