"""Poste's JSON, with its fragments of sentences and missing boxes."""

import json
from datetime import date

import pytest
from hypothesis import given
from tests.mutations import mutated

from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanState, TrackerFacts
from passaparola.tracking.carriers.poste_it import kind

S = ScanState
NUMBER = "RR123456785IT"
NOON = 1_772_708_400_000  # 5 March 2026, 12:00 in Rome
HOUR = 3_600_000


def move(words, hours=0, place="Faenza (RA) ", **rest):
    return {"statoLavorazione": words, "dataOra": NOON + hours * HOUR, "luogo": place, **rest}


def answer(*moves, **rest):
    return {"idTracciatura": NUMBER, "esitoRicerca": "3", "stato": "3", "listaMovimenti": list(moves), **rest}


def read(told) -> TrackerFacts:
    facts = kind.read_answer(json.dumps(told).encode(), NUMBER)
    assert facts is not None
    return facts


def states(told) -> list[ScanState]:
    return [scan.state for scan in read(told).scans]


def test_movements_become_scans_in_roman_time():
    facts = read(answer(move("Presa in carico"), move("In consegna", 20), move("Consegnata", 23), stato="5"))

    assert [scan.state for scan in facts.scans] == [S.PICKED_UP, S.OUT_FOR_DELIVERY, S.DELIVERED]
    assert facts.scans[0].at.isoformat() == "2026-03-05T12:00:00+01:00"
    assert (facts.scans[0].place, facts.scans[0].country) == ("Faenza (RA)", "IT")
    assert facts.is_final


def test_a_fragment_is_not_shown_and_its_box_tells_what_it_means():
    told = answer(move("in data", box="3"), move("con successo in data", 5, "SVIZZERA", box="5"))

    first, second = read(told).scans

    assert (first.state, first.words) == (S.IN_TRANSIT, "")
    assert (second.state, second.words, second.country) == (S.DELIVERED, "", "CH")


def test_the_last_fragment_without_a_box_means_what_the_whole_answer_says():
    told = answer(move("in data"), move("con successo in data", 5), stato="5")

    assert states(told) == [S.UNKNOWN, S.DELIVERED]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("in consegna", S.OUT_FOR_DELIVERY),
        ("Tentativo di consegna non riuscito", S.ATTEMPTED),
        ("in data", S.UNKNOWN),
    ],
)
def test_box_4_is_read_by_its_words_alone_as_its_readers_disagree(words, expected):
    assert states(answer(move(words, box="4"), stato="4")) == [expected]


def test_bought_on_the_web_site_is_not_handed_over():
    told = answer(move("a seguito di acquisto da poste.it", place="sito poste.it", box="2"))

    assert states(told) == [S.LABEL_CREATED]


def test_apostrophes_for_accents_are_understood():
    assert states(answer(move("La spedizione e' in stato di lavorazione"))) == [S.IN_TRANSIT]


def test_delivered_on_the_way_back_is_the_senders():
    told = answer(
        move("In transito", flagRitorno=True), move("Consegnata", 9, flagRitorno=True), flagRitorno=True
    )

    assert states(told) == [S.RETURNING, S.RETURNED]


def test_a_parcel_marked_as_returning_turns_with_its_last_movement():
    assert states(answer(move("In consegna"), move("In transito", 9), flagRitorno=True))[-1] is S.RETURNING


def test_movements_of_the_same_time_keep_their_order():
    told = answer(move("In lavorazione"), move("In transito"), move("Accettata", -3))

    assert [scan.words for scan in read(told).scans] == ["Accettata", "In lavorazione", "In transito"]


def test_the_forecast_is_read_out_of_its_sentence():
    said = {"dataPrevistaConsegna": "Consegna prevista entro Giovedì 12 Marzo 2026"}
    without_year = {"dataPrevistaConsegna": "Consegna prevista tra il 3 e il 5 gennaio"}

    assert read(answer(move("In transito"), **said)).estimated_date == date(2026, 3, 12)
    assert read(answer(move("In transito"), **without_year)).estimated_date == date(2027, 1, 5)
    assert read(answer(move("In transito"), dataPrevistaConsegna="presto")).estimated_date is None


def test_of_several_answers_the_asked_one_is_taken():
    other = answer(move("Consegnata"), idTracciatura="XX")

    facts = kind.read_answer(json.dumps([other, answer(move("In transito"))]).encode(), NUMBER)

    assert facts is not None
    assert facts.scans[0].state is S.IN_TRANSIT


@pytest.mark.parametrize("result", ["1", "2", 2])
def test_an_unknown_number_is_none(result):
    assert (
        kind.read_answer(json.dumps({"idTracciatura": NUMBER, "esitoRicerca": result}).encode(), NUMBER)
        is None
    )
    assert kind.read_answer(b"[]", NUMBER) is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"3", b'{"error": "busy"}', b'"x"', b"\xff\xfe"])
def test_what_is_no_answer_is_refused_with_a_sentence(body):
    with pytest.raises(UnreadableError):
        kind.read_answer(body, NUMBER)


def test_nulls_and_numbers_as_strings_are_forgiven():
    told = answer(
        move(None, box=5), {"dataOra": str(NOON)}, {"dataOra": None}, "x", flagRitorno=None, tipoProdotto=None
    )

    assert sorted(states(told)) == [S.DELIVERED, S.IN_TRANSIT]


def test_the_question_is_posted_as_the_page_does():
    poll = kind.poll(" rr123456785it", {})

    assert poll.method == "POST"
    assert json.loads(poll.body)["codiceSpedizione"] == NUMBER


WHOLE = answer(
    move("Presa in carico", box="2", flagRitorno=False),
    move("con successo in data", 5, "SVIZZERA", box="5"),
    dataPrevistaConsegna="Consegna prevista entro Giovedì 12 Marzo 2026",
    tipoProdotto="POSTEDELIVERY",
)


@given(mutated(WHOLE))
def test_a_changed_answer_yields_facts_or_a_sentence(told):
    try:
        facts = kind.read_answer(json.dumps(told).encode(), NUMBER)
    except UnreadableError:
        return
    assert facts is None or facts.number == NUMBER
