"""The evidence for a carrier as one PDF: what was sent, promised, scanned, what it is worth, and until when to ask.

fpdf2, in pure Python, with the office's own face: WeasyPrint needs system libraries that a bare machine lacks.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from datetime import timezone as fixed
from functools import cache
from pathlib import Path

import fontpkg_figtree
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from passaparola.cases.models import Case
from passaparola.cases.sentences import trouble
from passaparola.cases.story import last_day
from passaparola.kernel.ui import formats
from passaparola.tracking import known_carriers
from passaparola.tracking.models import Parcel, Scan
from passaparola.tracking.values import zone_there

MARGIN, LABEL = 20, 48
"""Millimetres."""
_DOTTED = "Figtree"


@cache
def _face() -> Path:
    return Path(str(fontpkg_figtree.ROOT)) / "files" / "Figtree[wght].ttf"


def pack(case: Case, parcel: Parcel, *, now: datetime) -> bytes:
    """Return the document in the active language. The same rows make the same words."""
    page = _Page(case, now)
    page.heading(_("Claim for parcel %(number)s") % {"number": parcel.name or f"#{parcel.pk}"})
    page.facts(_shop_and_parcel(case, parcel, now))
    page.section(_("What went wrong"))
    page.lines(
        f"{formats.moment(one.opened_at, page.language, case.store.zone, now)} · {trouble(one.kind)}"
        for one in case.troubles.order_by("opened_at")
    )
    page.section(_("What the carrier told"))
    page.lines(_scans(parcel, page.language, now), empty=_("Not a single scan reached us."))
    page.section(_("What was inside"))
    page.lines(
        f"{line.quantity} × {' '.join(filter(None, (line.title, line.variant)))} · "
        f"{formats.money(line.total, parcel.order.currency, page.language)}"
        for line in parcel.order.lines.order_by("position", "pk")
    )
    page.section(_("What we ask for"))
    page.lines(_asked(case, parcel, page.language))
    return bytes(page.pdf.output())


def _shop_and_parcel(case: Case, parcel: Parcel, now: datetime) -> list[tuple[str, str]]:
    order, store, language = parcel.order, case.store, get_language() or "en"
    address = order.shipping_address

    def day(at: datetime | None) -> str:
        return formats.day(at, language, zone_there(order, store), now) if at else ""

    damaged = case.troubles.filter(kind="damaged").exists()
    until = last_day(parcel, is_damage=damaged)
    promised = parcel.promised_last or parcel.arrival_last
    return [
        (_("Sender"), ", ".join(filter(None, (store.name, store.postal_address, store.email, store.phone)))),
        (_("Carrier"), known_carriers.name_of(parcel.tracker.carrier) if parcel.tracker else ""),
        (_("Tracking number"), parcel.name),
        (_("Order"), f"{order} · {day(order.placed_at)}"),
        (
            _("Goes to"),
            ", ".join(
                filter(
                    None, (address.get("postcode", ""), address.get("city", ""), address.get("country", ""))
                )
            ),
        ),
        (_("Handed over"), day(parcel.picked_up_at)),
        (_("Promised by"), formats.day(promised, language, store.zone, now) if promised else ""),
        (_("Arrived"), day(parcel.delivered_at) or _("not until today")),
        (_("Worth"), formats.money(order.total, order.currency or store.currency, language)),
        (_("To be claimed by"), formats.day(until, language, store.zone, now) if until else ""),
    ]


def _scans(parcel: Parcel, language: str, now: datetime) -> list[str]:
    trackers = [pk for pk in (parcel.tracker_id, parcel.news_id) if pk]
    return [
        " · ".join(
            filter(
                None,
                (
                    formats.moment(scan.at, language, fixed(timedelta(minutes=scan.utc_offset)), now),
                    scan.place,
                    scan.words or scan.state.replace("_", " "),
                ),
            )
        )
        for scan in Scan.objects.filter(tracker__in=trackers).order_by("at", "pk")
    ]


def _asked(case: Case, parcel: Parcel, language: str) -> list[str]:
    claim = case.claims.filter(parcel_id=parcel.pk).first()
    amount = claim.asked if claim else parcel.order.total
    return [
        formats.money(amount, parcel.order.currency or case.store.currency, language),
        _("Please answer to %(address)s.") % {"address": case.store.email or case.store.name},
    ]


class _Page:
    """A plain letter: a heading, facts beside their names, sections of lines."""

    def __init__(self, case: Case, now: datetime) -> None:
        self.language = get_language() or "en"
        self.pdf = FPDF(format="A4")
        self.pdf.add_font(_DOTTED, "", str(_face()))
        self.pdf.set_lang(self.language)
        self.pdf.set_creation_date(now)
        self.pdf.set_title(f"{case.store} · {case.order}")
        self.pdf.set_margins(MARGIN, MARGIN, MARGIN)
        self.pdf.set_auto_page_break(auto=True, margin=MARGIN)
        self.pdf.add_page()

    def _write(self, text: str, size: float, *, grey: int = 20) -> None:
        self.pdf.set_font(_DOTTED, "", size)
        self.pdf.set_text_color(grey)
        self.pdf.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def heading(self, text: str) -> None:
        self._write(text, 18)
        self.pdf.ln(5)

    def section(self, text: str) -> None:
        self.pdf.ln(4)
        self._write(text, 12)
        self.pdf.ln(1.5)

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        for label, value in rows:
            if not value:
                continue
            self.pdf.set_font(_DOTTED, "", 10)
            self.pdf.set_text_color(110)
            self.pdf.cell(LABEL, 6, label, new_x=XPos.RIGHT, new_y=YPos.TOP)
            self.pdf.set_text_color(20)
            self.pdf.multi_cell(0, 6, value, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def lines(self, rows: Iterable[str], *, empty: str = "") -> None:
        for row in list(rows) or [empty]:
            if row:
                self._write(row, 10, grey=50)
