"""Italian carriers' words."""

from datetime import date

import pytest

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.italian import date_in, is_fragment, state_of

S = ScanState


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("CONSEGNATA", S.DELIVERED),
        ("La spedizione è stata consegnata in data 25-01-2021 11:42", S.DELIVERED),
        ("Consegna effettuata", S.DELIVERED),
        ("Ritirata dal destinatario", S.DELIVERED),
        ("NON CONSEGNATA", S.ATTEMPTED),
        ("MANCATA CONSEGNA", S.ATTEMPTED),
        ("Mancata consegna: destinatario assente", S.ATTEMPTED),
        ("Tentata consegna", S.ATTEMPTED),
        ("Non è stato possibile effettuare la consegna", S.ATTEMPTED),
        ("LASCIATO AVVISO", S.ATTEMPTED),
        ("Non ancora consegnata", S.IN_TRANSIT),
        ("IN CONSEGNA", S.OUT_FOR_DELIVERY),
        ("MESSA IN CONSEGNA", S.OUT_FOR_DELIVERY),
        ("In consegna presso il destinatario", S.OUT_FOR_DELIVERY),
        ("Presa in consegna dal corriere", S.PICKED_UP),
        ("La spedizione sarà messa in consegna domani", S.IN_TRANSIT),
        ("DISPONIBILE PER IL RITIRO", S.READY_FOR_PICKUP),
        ("Disponibile presso BRT-fermopoint", S.READY_FOR_PICKUP),
        ("FERMO DEPOSITO", S.READY_FOR_PICKUP),
        ("In giacenza presso l'ufficio postale", S.READY_FOR_PICKUP),
        ("Consegnata al locker", S.READY_FOR_PICKUP),
        ("IN GIACENZA", S.HELD),
        ("RESPINTA", S.HELD),
        ("Indirizzo incompleto", S.HELD),
        ("In dogana", S.HELD),
        ("In attesa di sdoganamento", S.HELD),
        ("Sdoganata", S.IN_TRANSIT),
        ("completata la fase di verifica per lo svincolo", S.IN_TRANSIT),
        ("RESA AL MITTENTE", S.RETURNED),
        ("Consegnata al mittente", S.RETURNED),
        ("Non consegnata, comunicazione inviata al mittente", S.ATTEMPTED),
        ("In restituzione al mittente", S.RETURNING),
        ("Resa con spedizione: VE123456789", S.RETURNING),
        ("Smarrita", S.LOST),
        ("Annullata", S.CANCELLED),
        ("Spedizione in ritardo per sciopero", S.DELAYED),
        ("RITIRATA", S.PICKED_UP),
        ("Presa in carico da Ufficio Postale", S.PICKED_UP),
        ("Accettata", S.PICKED_UP),
        ("In attesa di ritiro", S.LABEL_CREATED),
        ("Spedizione creata", S.LABEL_CREATED),
        ("PARTITA", S.IN_TRANSIT),
        ("ARRIVATA IN FILIALE", S.IN_TRANSIT),
        ("La spedizione e' in stato di lavorazione", S.IN_TRANSIT),
        ("all'estero", S.IN_TRANSIT),
        ("", S.UNKNOWN),
        ("boh", S.UNKNOWN),
    ],
)
def test_words_have_their_meaning_in_any_case(words, expected):
    assert state_of(words) is expected
    assert state_of(words.upper()) is expected


@pytest.mark.parametrize(
    "words", ["in data", "con successo in data", "a seguito di acquisto da poste.it", " ", "..."]
)
def test_fragments_are_recognised(words):
    assert is_fragment(words)


@pytest.mark.parametrize(
    "words", ["In consegna", "In transito", "all'estero", "e' in stato di lavorazione", "Consegnata"]
)
def test_whole_sentences_are_no_fragments(words):
    assert not is_fragment(words)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Consegna prevista entro Giovedì 1 Gennaio 2026", date(2026, 1, 1)),
        ("entro il 1° gennaio 2026", date(2026, 1, 1)),
        ("tra il 3 e il 5/3/2026", date(2026, 3, 5)),
        ("05.03.26", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("5 mar", date(2026, 3, 5)),
        ("30 dicembre", date(2026, 12, 30)),
        ("31 febbraio 2026", None),
        ("domani", None),
    ],
)
def test_dates_are_found_in_sentences(sentence, expected):
    assert date_in(sentence, near=date(2026, 3, 1)) == expected
