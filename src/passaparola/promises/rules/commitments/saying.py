"""Who says that something will be done: first persons, and what the customer is told to expect of us."""

import re
from enum import StrEnum


class Act(StrEnum):
    """What is promised, the most telling first."""

    CALL = "call_back"
    REFUND = "refund"
    REPLY = "reply_email"
    ARRIVE = "arrive"
    DO = "do"


def _forms(*stems: str) -> str:
    """Return first persons of regular verbs by their stems: `-o -iamo -ero -eremo -iro -iremo`."""
    return "|".join(rf"{stem}(?:o|iamo|ero|eremo|iro|iremo)" for stem in stems)


_YOU = r"(?:la|le|lo|ti|vi|ve|te|glie|gliel[aoe]|te l[aoe]|ve l[aoe]|la|li|ci)"
_I_EN = (
    r"(?:(?:i|we)(?:'ll| will| shall)|(?:i'm|i am|we're|we are)(?: also)? (?:going to|about to)|"
    r"let me|(?:i|we) (?:promise|guarantee)(?: you)?(?: to| that)?(?: (?:i|we)(?:'ll| will))?)"
    r"(?: (?:also|then|certainly|definitely|personally|gladly|surely|happily|of course|make sure (?:to|"
    r"that|you)|be sure to|be happy to|be|get to))*"
)
_THING_EN = r"(?:it|this|that|they|these|he|she|everything|both|(?:your|the|a|our|my)(?: [a-z-]+){1,3})"

_WORK = (
    "sped mand rimand prepar verific verifich controll sostitu ritir chied richied sollecit provved proced risolv "
    "organizz prenot consegn complet sistem corregg pass port impacchett affid inser apr chiud cerc segnal inoltr "
    "rispedi rifac ripar mett cur concord finisc applic recuper imball"
).split()
"""Stems of what a shop does for a customer."""

SAYING: dict[Act, re.Pattern[str]] = {
    Act.CALL: re.compile(
        rf"\b(?:{_forms('richiam')}|{_YOU} (?:{_forms('chiam', 'telefon', 'sent', 'contatt', 'ricontatt')}|"
        r"faccio (?:ri)?chiamare|facciamo (?:ri)?chiamare|faro (?:ri)?chiamare)"
        rf"|(?:{_forms('ricontatt')})"
        rf"|{_I_EN} (?:call|ring|phone|telephone|give you a (?:call|ring)|calling|have (?:\w+) call)|"
        r"i'm calling|expect (?:a|my|our) call"
        r"|(?:a|my|our) colleague will call|\w+ will call you|ci sentiamo|"
        r"la chiama \w+|(?:la|ti|vi) (?:ri)?chiamera(?:nno)?)\b"
    ),
    Act.REFUND: re.compile(
        rf"\b(?:rimborsiamo|rimborsero|rimborseremo|(?:la|le|ti|vi) rimborso|"
        rf"(?:{_forms('accredit', 'riaccredit', 'storn')})"
        r"|(?:emett(?:o|iamo|ero|eremo)|faccio|facciamo|faro|faremo|dispon(?:go|iamo)|esegu(?:o|iamo)|"
        r"effettu(?:o|iamo|ero|eremo)|proced(?:o|iamo|ero|eremo) (?:con|al)l?|avvi(?:o|amo)) (?:il|"
        r"un|lo|l'|subito il)? ?(?:rimborso|storno|accredito)"
        r"|(?:il |suo |tuo |vostro )?(?:rimborso|accredito|bonifico) (?:arriva|arrivera|sara|le arriva|"
        r"parte|partira)"
        r"|(?:riceve|ricevera|ricevi|riceverai|riceverete|avra|avrai|trova|trovera|trovi|troverai) (?:il|"
        r"un|l'|i) ?(?:suo |tuo |vostro )?(?:rimborso|accredito|soldi|denaro|importo)"
        rf"|{_I_EN} (?:refund|credit|issue (?:a|the|your) (?:full )?refund|process (?:a|the|your) refund|"
        r"refunding|return (?:the|your) money)"
        r"|(?:your|the) (?:full )?(?:refund|money) will (?:be|arrive|reach|show)|(?:you'll|you will) (?:have|"
        r"get|receive|see) (?:your|the|a) (?:full )?(?:refund|money))\b"
    ),
    Act.REPLY: re.compile(
        rf"\b(?:{_YOU} (?:{_forms('rispond', 'scriv', 'aggiorn', 'inform', 'conferm', 'comunic')}|dico|"
        r"diciamo|diro|diremo|do|diamo|daro|daremo|faccio sapere|facciamo sapere|faro sapere|faremo sapere|"
        r"faccio avere|tengo|teniamo)"
        r"|rispondo|risponderemo|rispondero|scrivero|scriveremo|(?:avra|avrai|avrete|ricevera|riceverai|"
        r"riceve) (?:una |la |nostra |mia |una nostra |la nostra |nostre )*(?:risposta|notizie|conferma)"
        rf"|{_I_EN} (?:reply|answer|get back|come back|let you know|update|email|e-mail|write|drop you|"
        r"confirm|have an answer|keep you posted|tell you|have news)"
        r"|(?:you'll|you will) (?:have|get|receive|hear)(?: (?:an?|our|my) (?:answer|reply|update|"
        r"response)| (?:back )?from (?:me|us)))\b"
    ),
    Act.ARRIVE: re.compile(
        r"\b(?:arriva|arrivera|arrivano|arriveranno|ricevera|riceverai|riceverete|riceve|ricevi|ricevete|"
        r"avra|avrai|avrete|sara (?:da|a casa|li|consegnat[oa]|in consegna|tutto da)|saranno (?:da|"
        r"consegnat[oei])|verra(?:nno)? consegnat[oaie]|lo ha|ce l'(?:ha|avra|avrai)|(?:la|lo|le|li) (?:avra|"
        r"avrai|riceve|ricevera|riceverai)|(?:glie|te|ve)l[oa]? (?:consegn\w+|port\w+)"
        r"|(?:you'll|you will|you're going to|you can expect to) (?:have|get|receive|be holding)|expect (?:it|"
        r"them|the (?:parcel|order|replacement))"
        rf"|{_THING_EN}(?:'ll| will) (?:be (?:with you|there|delivered|at your|in your|arriv)|arrive|"
        r"reach|get (?:there|to you)|come)"
        rf"|{_THING_EN} (?:arrives|reaches you|gets (?:there|to you)))\b"
    ),
    Act.DO: re.compile(
        rf"\b(?:{_forms(*_WORK)}"
        r"|spedisco|rispedisco|rispediamo|rispediro|rispediremo|spediremo|sostituisco|finisco|inserisco|"
        rf"(?:{_YOU}) invio|inviamo|inviero|invieremo|cerchero|verifichiamo|verifichero|verificheremo|"
        r"mi occupo|ci occupiamo|me ne occupo|ce ne occupiamo|mi occupero|ci occuperemo"
        rf"|faccio|facciamo|faro|faremo|porto|(?:{_YOU}) (?:mando|mandiamo|spedisco|invio|preparo|passo)|"
        r"(?:parte|partono|partira|partiranno|esce|uscira)|(?:sara|saranno|verra|verranno) (?:spedit[oaie]|"
        r"pront[oaie]|inviat[oaie]|ritirat[oaie]|sostituit[oaie]|riparat[oaie])|(?:e|sono) in partenza"
        rf"|{_I_EN} (?!(?:not|never|need|have to|be able|be closed|be away|be back|be open|be out|assume|"
        r"see you|miss|love|like|always|know)\b)[a-z-]+"
        r"|(?:i'm|i am|we're|we are) (?:sending|shipping|posting|dispatching|replacing|packing|making|"
        r"preparing|collecting|fixing|arranging|handing)|(?:i|we) (?:ship|send|post|dispatch|replace|"
        r"pack|collect) (?:it|them|yours?|the|this|a|your|out)"
        rf"|{_THING_EN}(?:'ll| will) (?:leave|ship|go out|be (?:shipped|sent|posted|ready|dispatched|"
        rf"replaced|collected|picked|repaired|fixed|on its way|out))|{_THING_EN} (?:leaves|ships|goes out))\b"
    ),
}

DOUBT = re.compile(
    r"\b(?:forse|magari|probabil\w+|eventualmente|potrebb\w+|potrei|potremmo|dovrebb\w+|dovrei|"
    r"dovremmo|vorrei|vorremmo|spero|speriamo|sperando|penso|pensiamo|credo|crediamo|"
    r"cerchiamo di|cerco di|cerchero di|cercheremo di|provo a|proviamo a|provero a|proveremo a|"
    r"tento|tentiamo|conto di|contiamo di|si spera|salvo|se riesco|se riusciamo|se tutto va|in teoria|"
    r"indicativamente|circa|"
    r"may|might|could|should|would|hope|hopes|hoping|hopefully|probably|perhaps|maybe|possibly|"
    r"ideally|likely|try|trying|aim|aiming|think|believe|guess|expected|estimated|est\.|fingers crossed|"
    r"all being well|in theory|"
    r"di solito|normalmente|in genere|generalmente|solitamente|di norma|sempre|ogni|tutti i giorni|"
    r"dal lunedi al|da lunedi a|usually|normally|generally|always|every|typically|each|monday to|"
    r"from monday|as a rule|"
    r"avev(?:o|amo) (?:detto|promesso|scritto|risposto)|i (?:had )?(?:said|promised|wrote)|we (?:had )?(?:said|"
    r"promised|wrote)|you (?:said|wrote|asked|told)|ha scritto|mi ha (?:detto|scritto)|ci ha (?:detto|"
    r"scritto)|mi chied|diceva|"
    r"come da|secondo|stando a|a detta|according to|says?|said|claims?|shows?|told (?:me|us)|tells? (?:me|"
    r"us)|(?:ci|mi) (?:dice|dicono|ha detto|hanno detto|comunica|comunicano|conferma che|assicura\w*)|"
    r"dice che|dicono che|prevede|indica|risulta|promette di|stima|"
    r"nessun\w* (?:garanz|promess)|un tempo|a suo tempo)\b"
)
NEGATION = re.compile(
    r"\b(?:non|mai|nemmeno|neanche|senza|not|never|don't|doesn't|won't|can't|cannot|couldn't|isn't|"
    r"aren't|unable|unfortunately we are|no longer)\b"
)
NO_NEGATION = re.compile(
    r"\b(?:non si preoccupi|non preoccuparti|non ti preoccupare|non vi preoccupate|non si preoccupa|"
    r"non tema|don't worry|not to worry|do not worry|non deve fare nulla|non devi fare nulla|no need to \w+|"
    r"you don't (?:have|need) to \w+(?: \w+)?|non c'e problema|non serve (?:altro|che \w+ \w+)|"
    r"why not|non appena|sorry (?:i|we) (?:did not|didn't|could not|couldn't)[^,.;]*|(?:scusi|"
    r"scusa|scusate) se non[^,.;]*|mi scuso se non[^,.;]*|non dimentico|non mancher\w+ di|won't forget to|"
    r"not only)\b"
)
CONDITION = re.compile(
    r"(?:\b(?:se|qualora|nel caso|in caso|a meno che|purche|casomai|ammesso|if|unless|in case|"
    r"provided|as long as|should you|whether)\b|\baltrimenti\b|\botherwise\b)"
)
NO_CONDITION = re.compile(
    r"\b(?:(?:scus\w+|mi scuso|ci scusiamo|dispiace|perdon\w+|sorry|apologies|apologise|excuse me)(?: \w+){0,2} (?:se|"
    r"if)|"
    r"(?:verific\w*|controll\w*|chied\w*|ved\w*|guard\w*|sap\w*|capi\w*|check|ask|see|find out|"
    r"know|look|tell you|let you know|dirle|le dico|le diro|ti dico) (?:\w+ ){0,3}?(?:se|if|whether))\b"
)
REQUEST = re.compile(
    r"^(?:per favore|per cortesia|please|kindly|could you|can you|would you|puo|puoi|potete|mi mandi|"
    r"ci mandi|mi scriva|ci scriva|mi dica|ci dica|ci faccia|mi faccia|let us|let me know|send us|"
    r"send me|tell us|write to us|reply)\b"
)


def acts(clause: str) -> list[Act]:
    """Return what a clause says will be done, the most telling first."""
    return [act for act, pattern in SAYING.items() if pattern.search(clause)]


_BARE = re.compile(
    r"(?:let you know|update|get back|come back|call|ring|phone|email|write|reply|tell|confirm|refund|credit|"
    r"send|ship|post|replace|hand|bring|collect)\b"
)


def with_subjects(parts: list[str]) -> list[str]:
    """Give English clauses back the subject that they share with the one before: “I'll ask and let you know”."""
    found, speaks = [], False
    for part in parts:
        whole = f"i'll {part}" if speaks and _BARE.match(part) else part
        speaks = bool(_I_SAY.search(whole))
        found.append(whole)
    return found


_I_SAY = re.compile(rf"\b{_I_EN}")
