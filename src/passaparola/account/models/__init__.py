"""What the customer's account keeps: ways in, what was asked of the team, who follows an order."""

from passaparola.account.models.ways_in import AccountCode, AccountSession, Passkey, PasskeyQuestion
from passaparola.account.models.wishes import ChangeRequest, Follower, Missing

__all__ = [
    "AccountCode",
    "AccountSession",
    "ChangeRequest",
    "Follower",
    "Missing",
    "Passkey",
    "PasskeyQuestion",
]
