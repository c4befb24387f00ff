"""What somebody of the team says they will do, and by when: found in Italian and English, by rules.

A suggestion, never a decision: a person keeps it with one click. So what is doubtful is left alone: questions,
conditions, hopes, what a carrier is said to have said, what the customer is asked to do, and what has no time.
"""

from passaparola.promises.rules.commitments.finding import Commitment, find

__all__ = ["Commitment", "find"]
