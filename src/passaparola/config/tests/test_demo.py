"""`passaparola demo` beside its processes: ports, and whether the history has been written."""

import json
import socket
from pathlib import Path

import pytest

from passaparola.config.cli.command import Failure
from passaparola.config.cli.commands import demo


def test_a_taken_port_is_left_to_whoever_has_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert demo._free_port(port) != port


@pytest.mark.parametrize("kept", [None, "{", "[]", json.dumps({"journeys": None})])
def test_the_first_start_waits_for_the_history(tmp_path: Path, kept: str | None) -> None:
    if kept is not None:
        (tmp_path / "demo.json").write_text(kept)

    assert not demo._has_run_before(tmp_path)


def test_later_starts_do_not_wait(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text(json.dumps({"journeys": {}}))

    assert demo._has_run_before(tmp_path)


def test_one_folder_is_played_by_one_demo(tmp_path: Path) -> None:
    first = demo._alone(tmp_path)

    with pytest.raises(Failure, match="runs already with this data folder"):
        demo._alone(tmp_path)
    first.close()
    demo._alone(tmp_path).close()
