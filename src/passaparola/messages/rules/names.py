"""Names as they may stand in a mail. They are typed at a checkout: by anybody, into letters that anybody gets."""

import re

LONGEST = 60
_LEADS_SOMEWHERE = re.compile(r"[/\\@:<>{}|]|www\.|\w{2,}\.\w{2,}", re.IGNORECASE)
"""What mail programs make a link of, and what no name holds. `J.R. Rossi` and `Anna-Maria dell’Orto` are names."""


def sayable(name: str) -> str:
    """Return the name on one line; empty where it is more than a name, so that the letter greets without one.

    Else our good reputation would carry “You have won, evil.example” to whomever an order's link is shared with.
    """
    tidy = " ".join(name.split())
    return "" if len(tidy) > LONGEST or _LEADS_SOMEWHERE.search(tidy) else tidy
