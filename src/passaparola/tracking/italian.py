"""What Italian carriers' words mean. The rules' order matters: «NON CONSEGNATA» contains «consegnata»."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from passaparola.tracking.carrier import ScanFacts, ScanState

S = ScanState


def plain(words: str) -> str:
    """Return lower case without accents, apostrophes and signs: `È' in CONSEGNA!` is `e in consegna`."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"[̀-ͯ]", "", bare)).split())


_RULES: tuple[tuple[ScanState, re.Pattern[str]], ...] = tuple(
    (state, re.compile(pattern))
    for state, pattern in (
        # What turned around comes first: «consegnata al mittente» is no delivery to the customer.
        (S.RETURNING, r"\bin (corso di |fase di |attesa di |viaggio di )?(restituzione|reso|resa|rientro)\b"),
        (S.RETURNING, r"\b(da|verra|sara|per essere) (restituir\w*|restituit\w|res[ao])\b"),
        (S.RETURNING, r"\bres[ao] con spedizione|\b(ritorn|rientr|rinvi|rispedi|restituzion)\w* .*mittente"),
        (S.RETURNED, r"\b(riconsegnat|restituit|res)[ao]( \w+){0,2} (al|presso il) mittente"),
        (S.RETURNED, r"\b(consegnat|recapitat)[ao] (al|presso il) mittente"),
        (S.RETURNED, r"\b(restituit|riconsegnat)[ao]\b"),
        (S.CANCELLED, r"\bannullat|\bannullament|\bcancellat[ao]\b"),
        (S.LOST, r"\bsmarri|\bdispers|\brubat|\bfurto\b|\bdistrutt"),
        # Not yet at the door.
        (S.IN_TRANSIT, r"\bnon ancora (consegnat|recapitat|in consegna)|\bda consegnare\b"),
        (S.IN_TRANSIT, r"\b(sara|verra|essere) (mess\w )?in consegna|\bin attesa di (consegna|recapito)\b"),
        (S.LABEL_CREATED, r"\bnon ancora (affidat|ritirat|pres[ao] in carico|in possesso|pervenut)"),
        (S.LABEL_CREATED, r"\bin attesa (di|del) (affidamento|ricezione|presa in carico|ritiro corriere)\b"),
        # At the door, in vain.
        (S.HELD, r"\brespint|\brifiut"),
        (S.HELD, r"\bindirizzo( di consegna)?( \w+)? (errat|incomplet|insuff|sbagliat|inesistent|mancant)"),
        (S.HELD, r"\bdestinatario (sconosciuto|trasferito|deceduto)|\birreperibil"),
        (S.ATTEMPTED, r"\b(non|mancat|impossibil|tentat|fallit)\w*( \w+){0,6} (ri)?(consegna|recapit)"),
        (S.ATTEMPTED, r"\bconsegn\w+ (e )?(non|fallit|mancat|tentat|impossibil)|\besito negativo"),
        (S.ATTEMPTED, r"\bassen(te|za)\b|\blasciato (l )?avviso|\bavviso lasciato|\bchius[oa]\b"),
        # Waiting for somebody.
        (S.DELIVERED, r"\britirat\w( \w+){0,4} (dal|da parte del|dalla) (destinatari|client|person)"),
        (S.READY_FOR_PICKUP, r"\b(disponibil|pront)\w+( \w+){0,3} (ritir|presso|locker|fermo ?point)"),
        (S.READY_FOR_PICKUP, r"\b(puo|possono|potra|puoi) (essere )?(ritirat|ritirar)|\britirabil"),
        (S.READY_FOR_PICKUP, r"\bfermo ?(deposito|point|posta|sede)"),
        (S.READY_FOR_PICKUP, r"\battesa (di|del) ritiro (da|del|in|pres)"),
        (S.READY_FOR_PICKUP, r"\b(consegnat|depositat|recapitat|giacen)\w+( \w+){0,3} (locker|punto|pudo)"),
        (S.READY_FOR_PICKUP, r"\b(depositat|giacen)\w+( \w+){0,3} (fermo|ufficio)"),
        (S.IN_TRANSIT, r"\bsdoganat|\bsvincolat"),
        (S.IN_TRANSIT, r"\b(completat|terminat|conclus|superat)\w( \w+){0,6} (svincol|dogan|sdogan)"),
        (S.HELD, r"\bdogan|\bsdoganament|\bsvincolo\b"),
        (S.HELD, r"\bgiacen|\btrattenut|\bblocca|\bsospes|\bdanneggiat|\banomali"),
        (S.HELD, r"\bin attesa (di )?(istruzioni|disposizioni|pagamento)"),
        (S.DELAYED, r"\britard|\brallenta|\bsciopero|\bmaltempo|\briprogramma|\bposticipat|\brinviat"),
        # The plain course, the furthest first.
        (
            S.IN_TRANSIT,
            r"\bconsegnat\w (al|all|allo|alla|a) (corriere|vettore|operatore|filiale|sede|partner)",
        ),
        (S.PICKED_UP, r"\bpres[aoei] in consegna"),
        (S.OUT_FOR_DELIVERY, r"\bin (fase di |corso di )?(consegna|recapito|distribuzione)\b"),
        (S.OUT_FOR_DELIVERY, r"\buscit\w (per|in) (la )?consegna|\baffidat\w al (portalettere|postino)"),
        (S.OUT_FOR_DELIVERY, r"\bconsegna in corso|\bconsegna( prevista)?( in| nel corso della)? giornata"),
        (S.OUT_FOR_DELIVERY, r"\bconsegna( prevista)? (oggi|odierna)"),
        (S.DELIVERED, r"\bconsegnat[aoie]\b|\brecapitat[aoie]\b"),
        (S.DELIVERED, r"\bconsegna (\w+ )?(effettuat|avvenut|eseguit|completat|riuscit|conclus)"),
        (S.LABEL_CREATED, r"\bacquist|\betichett|\bprenota|\bpreavvis|\bpre ?registra"),
        (S.LABEL_CREATED, r"\bdati (ricevuti|trasmessi)|^(creata|registrat[ao])$"),
        (S.LABEL_CREATED, r"\bspedizione (creata|registrata|generata|predisposta|inserita)"),
        (S.LABEL_CREATED, r"\b(in )?attesa di ritiro\b|\britiro (programmat|prenotat|richiest|previst)"),
        (S.PICKED_UP, r"\bpres[aoei] in carico|\baccetta|\britirat|\britiro (effettuat|eseguit)"),
        (S.IN_TRANSIT, r"\btransit|\bpartit|\bpartenz|\barriv|\blavorazion|\bsmista|\binoltr|\bviaggi"),
        (S.IN_TRANSIT, r"\bgiunt|\bestero\b|\bspedit|\btrasferit|\bhub\b|\bfilial|\bsede\b|\baffidat"),
        (S.IN_TRANSIT, r"\bcentro (operativo|smistamento)|\buscit[ao] da"),
        (S.IN_TRANSIT, r"\bconsegna (e )?(concordata|programmata|prevista|prenotata)"),
    )
)


@lru_cache(4096)  # carriers say the same few sentences again and again
def state_of(words: str) -> ScanState:
    """Return what a scan's words mean; UNKNOWN where they say nothing that we know."""
    said = plain(words)
    return next((state for state, pattern in _RULES if pattern.search(said)), S.UNKNOWN)


_FRAGMENT = re.compile(
    r"^(in data|con|a seguito|in seguito|per|da|dal|dalla|tramite|mediante|il|alle)\b"
    r"|\b(in data|il|alle ore|alle|presso|ore)$"
)


def is_fragment(words: str) -> bool:
    """Tell the tail of a sentence (`con successo in data`), which means nothing without its beginning."""
    said = plain(words)
    return not said or bool(_FRAGMENT.search(said))


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("gennaio", "gen"),
            ("febbraio", "feb"),
            ("marzo", "mar"),
            ("aprile", "apr"),
            ("maggio", "mag"),
            ("giugno", "giu"),
            ("luglio", "lug"),
            ("agosto", "ago"),
            ("settembre", "set", "sett"),
            ("ottobre", "ott"),
            ("novembre", "nov"),
            ("dicembre", "dic"),
        ),
        start=1,
    )
    for name in names
}

_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})o? ({'|'.join(sorted(MONTHS, key=len, reverse=True))})\b(?: (\d{{4}}))?"
)
_IN_DIGITS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def date_in(sentence: str, near: date | None = None) -> date | None:
    """Return the last date that a sentence names: `entro Giovedì 1 Gennaio 2026`, `tra il 3 e il 5/3/2026`.

    Where the year isn't said it is the one that puts the date nearest after `near`.
    """
    found = [
        *(made for m in _ISO.finditer(sentence) if (made := day(m[1], m[2], m[3]))),
        *(made for m in _IN_DIGITS.finditer(sentence) if (made := day(m[3], m[2], m[1]))),
        *(
            made
            for m in _IN_WORDS.finditer(plain(sentence))
            if (made := _in_year(m[1], MONTHS[m[2]], m[3], near))
        ),
    ]
    return max(found, default=None)


def _in_year(day_: str, month: int, year: str | None, near: date | None) -> date | None:
    if year:
        return day(year, month, day_)
    if near is None:
        return None
    made = day(near.year, month, day_)
    # A week of grace: an answer may still show yesterday's forecast.
    return made if made and made >= near - timedelta(days=7) else day(near.year + 1, month, day_)


def day(year: str | int, month: str | int, day_: str | int) -> date | None:
    """Return the date, two-digit years being of this century; None where there is no such day."""
    number = int(year)
    try:
        return date(number + 2000 if number < 100 else number, int(month), int(day_))  # noqa: PLR2004 (two digits)
    except ValueError:
        return None


def going_back(scan: ScanFacts) -> ScanFacts:
    """Return the scan as one of the way back, where «consegnata» means the sender's door."""
    if scan.state in {S.LOST, S.RETURNED}:
        return scan
    return replace(scan, state=S.RETURNED if scan.state is S.DELIVERED else S.RETURNING)
