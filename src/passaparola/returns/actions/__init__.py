"""The verbs of returns."""

from passaparola.returns.actions.decide import approve, refuse
from passaparola.returns.actions.drafts import add_photo, begin, choose, drop_photo, say_why
from passaparola.returns.actions.errors import CannotError
from passaparola.returns.actions.file import file
from passaparola.returns.actions.give_back import ask_shop, give_back_due, through
from passaparola.returns.actions.give_up import cancel, expire
from passaparola.returns.actions.inspect import Found, inspect, receive
from passaparola.returns.actions.policies import add_policy, add_reason, drop_reason
from passaparola.returns.actions.send import MOST_LABEL_BYTES, post, send_label
from passaparola.returns.actions.settle import exchange, match_refunds, refund
from passaparola.returns.actions.watch import check_due
from passaparola.returns.actions.withdraw import deal_with, withdraw

__all__ = [
    "MOST_LABEL_BYTES",
    "CannotError",
    "Found",
    "add_photo",
    "add_policy",
    "add_reason",
    "approve",
    "ask_shop",
    "begin",
    "cancel",
    "check_due",
    "choose",
    "deal_with",
    "drop_photo",
    "drop_reason",
    "exchange",
    "expire",
    "file",
    "give_back_due",
    "inspect",
    "match_refunds",
    "post",
    "receive",
    "refund",
    "refuse",
    "say_why",
    "send_label",
    "through",
    "withdraw",
]
