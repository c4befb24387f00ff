"""GLS's XML, in the forms in which it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanState, TrackerFacts
from passaparola.tracking.carriers.gls_it import kind

S = ScanState
NUMBER = "RA123456789"


def row(day="05/03/26", clock="10:30", place="FAENZA", state="PARTITA", *, note="", code="901"):
    return (
        f"<Data><![CDATA[{day}]]></Data><Ora><![CDATA[{clock}]]></Ora><Luogo><![CDATA[{place}]]></Luogo>"
        f"<Stato><![CDATA[{state}]]></Stato><Note><![CDATA[{note}]]></Note><Codice><![CDATA[{code}]]></Codice>"
    )


def answer(*rows, extra="", blocks=False, head="<NumSped><![CDATA[123456789]]></NumSped>"):
    inner = (
        "".join(f"<TRACKING>{one}</TRACKING>" for one in rows)
        if blocks
        else f"<TRACKING>{''.join(rows)}</TRACKING>"
    )
    shipment = f"<SPEDIZIONE>{head}{inner}{extra}</SPEDIZIONE>"
    return f'<?xml version="1.0" encoding="ISO-8859-1"?><ELENCO>{shipment}</ELENCO>'


def read(text: str | bytes) -> TrackerFacts:
    facts = kind.read_answer(text if isinstance(text, bytes) else text.encode("iso-8859-1"), NUMBER)
    assert facts is not None
    return facts


def states(facts: TrackerFacts) -> list[ScanState]:
    return [scan.state for scan in facts.scans]


ROWS = (
    row(),
    row("06/03/26", "14.30", "MILANO", "IN CONSEGNA", code="905"),
    row("06/03/26", "", "MILANO", "CONSEGNATA", code="906"),
)


@pytest.mark.parametrize("blocks", [False, True])
def test_rows_repeat_flat_in_one_block_or_stand_in_blocks_of_their_own(blocks):
    facts = read(answer(*ROWS, blocks=blocks))

    assert states(facts) == [S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED]
    assert facts.is_final


def test_times_have_a_colon_or_a_full_stop_or_are_missing_and_are_italian():
    first, second, third = read(answer(*ROWS)).scans

    assert first.at.isoformat() == "2026-03-05T10:30:00+01:00"
    assert second.at.isoformat() == "2026-03-06T14:30:00+01:00"
    assert not third.has_time


def test_the_doubled_hour_of_autumn_keeps_its_order():
    rows = (row("25/10/26", "02:50"), row("25/10/26", "02:10", state="ARRIVATA", code="903"))

    first, second = read(answer(*rows, row("26/10/26", "08:00"))).scans[:2]

    assert (first.at.isoformat(), second.at.isoformat()) == (
        "2026-10-25T02:50:00+02:00",
        "2026-10-25T02:10:00+01:00",
    )


def test_italian_letters_are_read_whatever_the_declaration_says():
    text = answer(row(place="FORLÌ", note="Città già servita"))

    for encoded in (
        text.encode("iso-8859-1"),
        text.encode(),
        text.replace("ISO-8859-1", "UTF-8").encode("iso-8859-1"),
    ):
        assert read(encoded).scans[0].place == "FORLÌ"


def test_a_row_without_a_readable_day_is_left_out():
    facts = read(answer(row(day="garbage"), row(day="31/02/26"), row()))

    assert len(facts.scans) == 1


def test_not_delivered_is_an_attempt_though_it_contains_delivered():
    facts = read(answer(row(state="NON CONSEGNATA", code=""), row(state="MANCATA CONSEGNA", code="999")))

    assert set(states(facts)) == {S.ATTEMPTED}


@pytest.mark.parametrize(
    ("code", "state", "expected"),
    [
        ("901", "PARTITA", S.IN_TRANSIT),
        ("901", "X", S.LABEL_CREATED),
        ("906", "", S.DELIVERED),
        ("906", "NON CONSEGNATA", S.ATTEMPTED),
        ("17", "CONSEGNA PREVISTA NEL CORSO DELLA GIORNATA ODIERNA", S.OUT_FOR_DELIVERY),
        ("17", "", S.IN_TRANSIT),
        ("907", "FERMO DEPOSITO", S.READY_FOR_PICKUP),
        ("4", "", S.HELD),
        ("8", "", S.ATTEMPTED),
        ("12345", "ARRIVATA NELLA SEDE GLS", S.IN_TRANSIT),
        ("12345", "???", S.UNKNOWN),
    ],
)
def test_a_code_is_read_with_its_words(code, state, expected):
    assert states(read(answer(row(code=code, state=state)))) == [expected]


def test_a_foreign_leg_has_text_only():
    leg = row("08/03/26", "", "Lyon", "In transito", code="")
    abroad = f"<ColloInternazionale><TRACKINGINT>{leg}</TRACKINGINT></ColloInternazionale>"

    scan = read(answer(row(), extra=abroad)).scans[-1]

    assert (scan.state, scan.code, scan.country, scan.place) == (S.IN_TRANSIT, "", "", "Lyon")


def test_after_a_note_about_the_way_back_delivered_means_the_sender():
    turned = row("06/03/26", "", "MILANO", "IN CONSEGNA", note="Resa con spedizione: VE123456789", code="905")

    facts = read(answer(row(), turned, row("09/03/26", "09:00", "FAENZA", "CONSEGNATA", code="906")))

    assert states(facts) == [S.IN_TRANSIT, S.RETURNING, S.RETURNED]


def test_a_block_about_the_way_back_means_returning():
    way_back = f"<SPEDIZIONEDIRIENTRO><TRACKING>{row('09/03/26')}</TRACKING></SPEDIZIONEDIRIENTRO>"

    assert states(read(answer(row(), extra=way_back))) == [S.IN_TRANSIT, S.RETURNING]


def test_codes_of_a_pick_up_order_are_not_those_of_the_parcel():
    pick_up = "<RITIRO><TRACKINGRITIRO>" + row(state="EFFETTUATO", code="30") + "</TRACKINGRITIRO>"
    text = answer(row()).replace("<ELENCO>", "<ELENCO>" + pick_up).replace("</ELENCO>", "</RITIRO></ELENCO>")

    assert states(read(text)) == [S.IN_TRANSIT]


def test_where_only_the_header_tells_the_delivery_its_day_is_taken():
    head = "<StatoSpedizione>CONSEGNATA</StatoSpedizione><DataConsegna>06/03/26</DataConsegna>"
    text = f"<ELENCO><SPEDIZIONE>{head}</SPEDIZIONE></ELENCO>"

    (scan,) = read(text).scans

    assert (scan.state, scan.has_time, scan.at.date().isoformat()) == (S.DELIVERED, False, "2026-03-06")


@pytest.mark.parametrize(
    "text",
    [
        "<ELENCO><TESTOERRORE> Nessuna spedizione trovata </TESTOERRORE></ELENCO>",
        "<ELENCO><SPEDIZIONE><ERRORE>Spedizione non trovata</ERRORE></SPEDIZIONE></ELENCO>",
        "<ELENCO/>",
    ],
)
def test_an_unknown_number_is_none(text):
    assert kind.read_answer(text.encode(), NUMBER) is None


def test_another_complaint_is_told_in_gls_words():
    body = b"<ELENCO><TESTOERRORE>Codice cliente errato</TESTOERRORE></ELENCO>"

    with pytest.raises(UnreadableError, match="Codice cliente errato"):
        kind.read_answer(body, NUMBER)


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ELENCO>&b;</ELENCO>',
        b'<!doctype x SYSTEM "file:///etc/passwd"><ELENCO/>',
        b"<html><body>Service unavailable</body></html>",
        b"<ELENCO><SPEDIZIONE>",
        b"",
        b"x" * (3 * 1024 * 1024),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(body):
    with pytest.raises(UnreadableError, match="GLS"):
        kind.read_answer(body, NUMBER)


def test_a_lone_ampersand_does_not_spoil_the_answer():
    text = answer(row()).replace("<![CDATA[PARTITA]]>", "PARTITA & VIA")

    assert read(text).scans[0].words == "PARTITA & VIA"


def test_among_several_shipments_the_asked_one_is_read():
    other = (
        "<SPEDIZIONE><NumSped>999999999</NumSped><TRACKING>" + row(code="906") + "</TRACKING></SPEDIZIONE>"
    )

    facts = read(answer(row()).replace("<ELENCO>", "<ELENCO>" + other))

    assert states(facts) == [S.IN_TRANSIT]


def test_the_question_leaves_out_the_depot_and_names_the_contract():
    poll = kind.poll("sa 662402545", {"depot": "RA", "contract": "77"})

    assert (poll.method, poll.body) == ("GET", b"")
    assert poll.url.endswith("?locpartenza=SA&NumSped=662402545&CodCli=77")
    assert "locpartenza=RA&NumSped=662402545" in kind.poll("662402545", {"depot": "RA"}).url


@given(st.data())
def test_a_mutilated_answer_yields_facts_or_a_sentence(data):
    body = bytearray(answer(*ROWS).encode("iso-8859-1"))
    for _ in range(data.draw(st.integers(1, 12))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))

    try:
        facts = kind.read_answer(bytes(body), NUMBER)
    except UnreadableError:
        return
    assert facts is None or isinstance(facts, TrackerFacts)
