"""The written test set: two hundred sentences, half of which promise nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.promises.rules.commitments import find
from passaparola.promises.rules.opening import Opening

ROME = ZoneInfo("Europe/Rome")
SAID_AT = datetime(2026, 11, 18, 12, tzinfo=ROME)
OPENING = Opening(zone=ROME)


class Written(NamedTuple):
    kind: str
    due: str
    words: str


moments = st.integers(0, 365 * 24 * 4).map(lambda quarters: SAID_AT + timedelta(minutes=15 * quarters))


def _written() -> list[Written]:
    lines = (Path(__file__).parent / "sentences.txt").read_text().splitlines()
    return [
        Written(*(part.strip() for part in line.split("|", 2))) for line in lines if not line.startswith("#")
    ]


WRITTEN = _written()


def found(words: str) -> list[tuple[str, str]]:
    commitments = find(words, said_at=SAID_AT, opening=OPENING)
    return [(c.kind, c.due_at.astimezone(ROME).strftime("%Y-%m-%d %H:%M")) for c in commitments]


def test_the_set_is_what_was_asked_for() -> None:
    assert len(WRITTEN) == 200
    assert sum(one.kind == "-" for one in WRITTEN) == 100
    assert len({one.words for one in WRITTEN}) == 200


def test_at_least_95_of_100_sentences_are_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    right, rightly, said, wrong = 0, 0, 0, []
    for one in WRITTEN:
        got = found(one.words)
        wanted = [] if one.kind == "-" else [(one.kind, one.due)]
        right += got == wanted
        said += bool(got)
        rightly += bool(got and wanted)
        if got != wanted:
            wrong.append(f"{one.words} | {wanted} | {got}")

    precision, recall = rightly / said, rightly / 100
    with capsys.disabled():
        print(f"\ncommitments: {right} of 200 right, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert right >= 190, "\n".join(wrong)
    assert precision >= 0.95
    assert recall >= 0.95


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "Spedisco oggi e lo riceve venerdì.",
            [("commitment", "2026-11-18 18:30"), ("commitment", "2026-11-21 00:00")],
        ),
        (
            "Buongiorno Giulia,\ngrazie della foto.\n\nLa richiamo domani.\nSara",
            [("call_back", "2026-11-19 18:30")],
        ),
        ("LA RICHIAMO DOMANI!!!", [("call_back", "2026-11-19 18:30")]),
        ("La richiamo  domani  ( alle 9 ).", [("call_back", "2026-11-19 18:30")]),
        ("I’ll call you tomorrow", [("call_back", "2026-11-19 18:30")]),
        ("", []),
        ("?", []),
    ],
)
def test_texts_as_people_write_them(words: str, wanted: list[tuple[str, str]]) -> None:
    assert found(words) == wanted


@given(
    st.lists(st.sampled_from([one.words for one in WRITTEN]), max_size=6).map(" ".join)
    | st.text(max_size=300)
)
def test_what_is_found_stands_in_the_text_and_lies_ahead(text: str) -> None:
    for one in find(text, said_at=SAID_AT, opening=OPENING):
        assert one.words in text
        assert SAID_AT < one.due_at < SAID_AT + timedelta(days=1100)


@given(
    st.sampled_from([one for one in WRITTEN if one.kind != "-"]),
    moments,
)
def test_said_at_any_time_it_is_due_later(one: Written, at: datetime) -> None:
    assert all(c.due_at > at for c in find(one.words, said_at=at, opening=OPENING))
