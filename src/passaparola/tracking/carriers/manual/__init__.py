"""By hand: for a parcel whose carrier tells us nothing, the team types what it knows.

Nothing is posted and nothing polled; `tracking.rules.typed` turns what was typed into facts.
"""

from passaparola.tracking.carriers.manual.carrier import Manual

kind = Manual()
