"""What the word in a status column says about the order."""

from dataclasses import dataclass
from functools import lru_cache

from passaparola.orders.exports.columns import normal
from passaparola.orders.facts import PaymentState


@dataclass(frozen=True, slots=True)
class State:
    payment: PaymentState | None = None
    """None where the word says nothing about money."""
    is_cancelled: bool = False
    is_sent: bool = False
    is_order: bool = True
    """False for baskets, drafts and the bin."""


_PAID, _PENDING = PaymentState.PAID, PaymentState.PENDING
_WORDS = {
    "paid | pagato | payment received | pagamento ricevuto | pagamento accettato | processing | "
    "in lavorazione | lavorazione in corso | preparazione in corso | in preparazione": State(_PAID),
    "completed | complete | completato | shipped | spedito | evaso | fulfilled | delivered | consegnato | "
    "inviato | chiuso | closed": State(_PAID, is_sent=True),
    "pending | pending payment | in attesa | in attesa di pagamento | on hold | sospeso | unpaid | "
    "non pagato | da pagare | failed | fallito | open | aperto": State(_PENDING),
    "authorized | autorizzato": State(PaymentState.AUTHORIZED),
    "partially paid | parzialmente pagato": State(PaymentState.PARTIALLY_PAID),
    "partially refunded | parzialmente rimborsato | rimborso parziale": State(
        PaymentState.PARTIALLY_REFUNDED
    ),
    "refunded | rimborsato": State(PaymentState.REFUNDED),
    "voided | expired": State(PaymentState.VOIDED),
    "cancelled | canceled | annullato | cancellato": State(PaymentState.VOIDED, is_cancelled=True),
    "partial | partially shipped | partial shipped | parzialmente spedito": State(is_sent=True),
    "draft | checkout draft | auto draft | trash | bozza | cestino": State(is_order=False),
}
STATES = {word.strip(): state for words, state in _WORDS.items() for word in words.split("|")}
UNKNOWN = State()


@lru_cache(256)  # a file uses a handful of words
def state_of(word: str) -> State:
    """`wc-processing` and `Processing` are the same; a plugin's own word says nothing."""
    return STATES.get(normal(word).removeprefix("wc ").replace("_", " "), UNKNOWN) if word else UNKNOWN
