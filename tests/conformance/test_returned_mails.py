"""Reports of returned mails as other libraries keep them, found by `PASSAPAROLA_FIXTURES` or beside the repository."""

import os
from pathlib import Path

import pytest

from passaparola.messages.rules.bounces import What, read_returned

FIXTURES = Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
MAIL = FIXTURES / "mail"
EVERY = sorted(path for path in MAIL.rglob("*") if path.suffix in {".eml", ".txt"})
REPORTS = MAIL / "ruby_mail" / "multipart_report_emails"
pytestmark = pytest.mark.skipif(
    not MAIL.is_dir(), reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder."
)


@pytest.mark.parametrize(
    ("name", "what", "count"),
    [
        ("multi_address_bounce1", What.GONE, 5),
        ("multi_address_bounce2", What.GONE, 5),
        ("report_422", What.LATER, 1),
        ("report_530", What.NOT_TAKEN, 1),
        ("multipart_report_multiple_status", What.NOT_TAKEN, 1),
    ],
)
def test_a_report_says_what_became_of_each_address(name, what, count):
    found = read_returned((REPORTS / f"{name}.eml").read_bytes())

    assert [one.what for one in found] == [what] * count
    assert all("@" in one.address and one.message_id for one in found)


def test_no_other_mail_stumbles_or_is_taken_for_a_complaint():
    for path in EVERY:
        assert all(one.what is not What.COMPLAINT for one in read_returned(path.read_bytes())), path
