"""The receipt of a withdrawal as a document: what was stated, by whom, about what, and when, to the second.

fpdf2, in pure Python. Its core fonts speak cp1252: €, à, è and all of Western Europe; what it can't write is
shown as a question mark here and stands in full in the e-mail.
"""

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from passaparola.returns.models import Statement

_WORDS = {
    "en": {
        "title": "Receipt of withdrawal from the contract",
        "by": "Statement made by",
        "email": "E-mail",
        "order": "Order",
        "items": "Concerns",
        "everything": "The whole order",
        "at": "Received on",
        "words": "Statement",
        "number": "Receipt",
        "foot": "This receipt was made automatically when the statement arrived. Keep it.",
    },
    "it": {
        "title": "Ricevuta del recesso dal contratto",
        "by": "Dichiarazione di",
        "email": "E-mail",
        "order": "Ordine",
        "items": "Riguarda",
        "everything": "Tutto l'ordine",
        "at": "Ricevuta il",
        "words": "Dichiarazione",
        "number": "Ricevuta",
        "foot": "Questa ricevuta è stata creata automaticamente all'arrivo della dichiarazione. Conservala.",
    },
}


def receipt_pdf(statement: Statement, at: str) -> bytes:
    """Return the receipt in the language of the statement; `at` is its time, written out with its zone."""
    words = _WORDS.get(statement.language, _WORDS["en"])
    store = statement.store
    pdf = FPDF()
    pdf.set_title(_plain(words["title"]))
    pdf.set_lang(statement.language)
    # Made anew at each download, it has to be the same document: its dates are the statement's.
    pdf.set_creation_date(statement.stated_at)
    pdf.set_margins(22, 22, 22)
    pdf.add_page()
    _line(pdf, store.name, size=13, style="B")
    _line(pdf, store.postal_address, size=10)
    _line(pdf, " · ".join(filter(None, (store.email, store.phone))), size=10)
    pdf.ln(10)
    _line(pdf, words["title"], size=18, style="B")
    pdf.ln(4)
    things = "\n".join(f"{number} × {name}" for name, number in statement.items)
    rows = (
        (words["at"], at),
        (words["by"], statement.name),
        (words["email"], statement.email),
        (words["order"], statement.order_number),
        (words["items"], things or words["everything"]),
        (words["number"], f"W{statement.pk}"),
    )
    for label, value in rows:
        _row(pdf, label, value)
    pdf.ln(4)
    _line(pdf, words["words"], size=10, style="B")
    _line(pdf, statement.words, size=12)
    pdf.ln(8)
    _line(pdf, words["foot"], size=9)
    return bytes(pdf.output())


def _row(pdf: FPDF, label: str, value: str) -> None:
    pdf.set_font("Helvetica", "B", 10)
    pdf.multi_cell(45, 7, _plain(label), new_x=XPos.RIGHT, new_y=YPos.TOP)
    pdf.set_font("Helvetica", "", 11)
    pdf.multi_cell(0, 7, _plain(value), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _line(pdf: FPDF, text: str, *, size: int, style: str = "") -> None:
    pdf.set_font("Helvetica", style, size)
    if text:
        pdf.multi_cell(0, size * 0.55, _plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _plain(text: str) -> str:
    return text.encode("cp1252", errors="replace").decode("cp1252")
