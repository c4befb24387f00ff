"""The name of a scan, by which the same scan told twice is recognised."""

import re
import unicodedata
from datetime import UTC
from hashlib import sha256

from passaparola.tracking.carrier import ScanFacts


def scan_key(number: str, scan: ScanFacts) -> str:
    """Return a digest: equal for one scan told by two webhooks, or by a webhook and a poll.

    The minute counts, not the second, and words without accents and signs: services differ in both.
    State and place are left out, so that reading words better one day doesn't double old scans,
    except that a scan without words is told from another by its state.
    """
    when = scan.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if scan.has_time else scan.at.date().isoformat()
    said = _bare(scan.words) or _bare(scan.code) + scan.state.value
    return sha256("\n".join((_bare(number), when, said)).encode()).hexdigest()[:40]


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", words).casefold())
