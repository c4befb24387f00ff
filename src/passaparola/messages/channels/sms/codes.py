"""What Twilio's error codes mean for a message (“Error and Warning Dictionary”, as of 2025)."""

DEAD = frozenset({21211, 21214, 21217, 21610, 21614, 30005, 30006})
"""No number, none that takes texts, or its owner has sent STOP to Twilio itself (21610)."""
STOPPED = 21610
OURS = frozenset({21212, 21266, 21601, 21603, 21606, 21659, 21660, 21661, 21701, 21703, 21705, 21910})
"""The sender or the service is set up wrongly: mended, the message goes out."""
BUSY = frozenset({14107, 20429, 21611})
KEYS = frozenset({20003, 20404, 20005, 20008})
"""The account is not known, suspended, or the token is wrong."""
