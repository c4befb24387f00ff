"""What must not stand in a log: the keys inside addresses.

Django logs the path of whatever it answers with an error. For a customer's page, a sign-in link, a webhook's
address or the foot of a mail the path is the key, and logs are read, copied and kept by many.
"""

import logging
import re

_KEYS = re.compile(r"(/(?:o|u|p|sign-in|hooks/[\w-]+/[\w-]+)/)(?!link/)[^/\s?'\"]{8,}")


class WithoutKeys(logging.Filter):
    """Takes the keys out of every line; nothing else is touched."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = _KEYS.sub(r"\1…", said)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
