"""Dummy: our own shape, signed. For the simulator and for tests; it can be told to fail.

A webhook is `{"number": …, "scans": [{"state", "at", "words", "place", "country", "code"}, …]}`, or
`{"trackers": [such, …]}`; a poll is answered with the same. `{"fail": "why"}` fails with that sentence,
`{"unknown": true}` knows no such number.
"""

from passaparola.tracking.carriers.dummy.carrier import Dummy

kind = Dummy()
