from pathlib import Path

import pytest

from passaparola.orders.exports.opening import encoding_of, open_lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_opened_as_it_was_saved(tmp_path: Path, encoding: str):
    path = tmp_path / "orders.csv"
    path.write_bytes('Città,Nota\r\nForlì,"a\r\nb"\r\n'.encode(encoding))

    with open_lines(path) as lines:
        assert list(lines) == ["Città,Nota\r\n", 'Forlì,"a\r\n', 'b"\r\n']


def test_a_letter_cut_in_two_by_the_first_megabyte_is_still_utf8():
    assert encoding_of("è".encode()[:1]) == "utf-8"
