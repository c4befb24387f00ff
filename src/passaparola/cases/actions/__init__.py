"""The verbs of cases."""

from passaparola.cases.actions.follow import follow_customers, settle_travelling
from passaparola.cases.actions.rank import rank_due
from passaparola.cases.actions.report import Trouble, report
from passaparola.cases.actions.settle import NotSettledError, close, settle

__all__ = [
    "NotSettledError",
    "Trouble",
    "close",
    "follow_customers",
    "rank_due",
    "report",
    "settle",
    "settle_travelling",
]
