"""BRT's JSON, in the shapes that its clients expect."""

import json
from datetime import date

import pytest
from hypothesis import given
from tests.mutations import mutated

from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanState, TrackerFacts
from passaparola.tracking.carriers.brt import kind

S = ScanState
NUMBER = "012345678901234"
EMPTY = {"data": "", "ora": "", "id": "", "descrizione": "", "filiale": ""}


def event(words, day="05.03.2026", clock="10.30", **rest):
    return {"data": day, "ora": clock, "id": "700", "descrizione": words, "filiale": "FAENZA", **rest}


NEWEST_FIRST = [
    event("CONSEGNATA", "06.03.2026", "14.05"),
    event("IN CONSEGNA", "06.03.2026", "07.40"),
    event("RITIRATA", clock="17.00"),
    EMPTY,
    EMPTY,
]


def read(told) -> TrackerFacts:
    facts = kind.read_answer(json.dumps(told).encode(), NUMBER)
    assert facts is not None
    return facts


@pytest.mark.parametrize(
    "told",
    [
        {"ttParcelIdResponse": {"lista_eventi": [{"evento": one} for one in NEWEST_FIRST], "bolla": {}}},
        {"parcelIDResult": {"bolla": {"eventi": {"evento": NEWEST_FIRST}}}},
        {
            "return": {
                "LISTA_EVENTI": [{"EVENTO": {k.upper(): v for k, v in one.items()}} for one in NEWEST_FIRST]
            }
        },
    ],
)
def test_events_come_newest_first_with_padding_in_several_shapes(told):
    facts = read(told)

    assert [scan.state for scan in facts.scans] == [S.PICKED_UP, S.OUT_FOR_DELIVERY, S.DELIVERED]
    assert facts.scans[-1].at.isoformat() == "2026-03-06T14:05:00+01:00"
    assert facts.is_final


def test_a_single_event_is_an_object_instead_of_a_list():
    told = {"ttParcelIdResponse": {"bolla": {"eventi": {"evento": event("PARTITA")}}}}

    assert [scan.state for scan in read(told).scans] == [S.IN_TRANSIT]


def test_the_planned_delivery_and_the_signature_are_taken():
    delivery = {
        "data_teorica_consegna": "09.03.2026",
        "ora_teorica_consegna_da": "09.00",
        "ora_teorica_consegna_a": "11.00",
        "firmatario_consegna": "ROSSI",
    }

    facts = read({"ttParcelIdResponse": {"bolla": {"dati_consegna": delivery}, "lista_eventi": []}})

    assert (facts.estimated_date, facts.signed_by) == (date(2026, 3, 9), "ROSSI")
    assert facts.estimated_from is not None
    assert facts.estimated_from.isoformat() == "2026-03-09T09:00:00+01:00"


def test_an_unknown_number_is_none_and_another_error_is_told():
    def said(message):
        return json.dumps(
            {"ttParcelIdResponse": {"executionMessage": {"code": -11, "message": message}}}
        ).encode()

    assert kind.read_answer(said("SPEDIZIONE NON TROVATA"), NUMBER) is None
    with pytest.raises(UnreadableError, match="login"):
        kind.read_answer(said("login errato"), NUMBER)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"a": 1}', b"<soap/>"])
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(UnreadableError):
        kind.read_answer(body, NUMBER)


def test_user_and_password_go_into_headers_not_into_the_address():
    poll = kind.poll(NUMBER, {"user": "100", "password": "secret"})

    assert poll.url.endswith(f"/{NUMBER}")
    assert (poll.headers["userID"], poll.headers["password"]) == ("100", "secret")


WHOLE = {
    "ttParcelIdResponse": {
        "executionMessage": {"code": 0, "message": ""},
        "lista_eventi": [{"evento": one} for one in NEWEST_FIRST],
        "bolla": {
            "dati_consegna": {"data_teorica_consegna": "09.03.2026", "ora_teorica_consegna_da": "09.00"}
        },
    }
}


@given(mutated(WHOLE))
def test_a_changed_answer_yields_facts_or_a_sentence(told):
    try:
        facts = kind.read_answer(json.dumps(told).encode(), NUMBER)
    except UnreadableError:
        return
    assert facts is None or facts.number == NUMBER
