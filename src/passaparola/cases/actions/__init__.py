"""The verbs of cases."""

from passaparola.cases.actions.claims import answer_claim, file_claim
from passaparola.cases.actions.follow import follow_customers, settle_parcels, settle_travelling
from passaparola.cases.actions.rank import rank_due
from passaparola.cases.actions.remedies import (
    NotGrantedError,
    apologised,
    assign,
    grant,
    note,
    set_budget,
    take_on,
)
from passaparola.cases.actions.report import Trouble, report
from passaparola.cases.actions.settle import NotSettledError, close, settle

__all__ = [
    "NotGrantedError",
    "NotSettledError",
    "Trouble",
    "answer_claim",
    "apologised",
    "assign",
    "close",
    "file_claim",
    "follow_customers",
    "grant",
    "note",
    "rank_due",
    "report",
    "set_budget",
    "settle",
    "settle_parcels",
    "settle_travelling",
    "take_on",
]
