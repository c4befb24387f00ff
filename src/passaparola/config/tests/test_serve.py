import json
import os
import shutil
import signal
import sys
import time
from contextlib import suppress

import pytest

from passaparola.config.tests.installation import Installation

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
    pytest.mark.timeout(180),
]


@pytest.fixture
def shop(made, tmp_path):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    installation = Installation(tmp_path)
    yield installation
    installation.close()


def until(is_so, seconds=30):
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_everything_runs_in_one_tree_and_ends_with_it(shop, number):
    serving = shop.serve()

    assert f"127.0.0.1:{shop.port}" in serving.announced
    assert serving.status("/nothing-here/") == 404
    assert until(lambda: len(serving.children()) == 4)  # keeper, web, two workers
    assert serving.end(number) == 0
    assert until(lambda: not shop.processes())


def test_a_killed_serve_leaves_no_process_behind(shop):
    serving = shop.serve()

    serving.end(signal.SIGKILL)

    assert until(lambda: not shop.processes())


def test_killed_children_are_started_again(shop):
    serving = shop.serve()
    assert until(lambda: len(serving.children()) == 4)
    before = serving.children()

    for pid in before:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    assert until(lambda: len(set(serving.children()) - set(before)) >= 3)
    assert serving.status("/nothing-here/") == 404
    assert serving.end() == 0
    assert until(lambda: not shop.processes())


def test_commands_join_the_running_database_and_know_its_port(shop):
    serving = shop.serve()

    checked = {finding["check"]: finding for finding in json.loads(shop.run("doctor", "--json").stdout)}

    assert checked["tables"]["level"] == "ok"
    assert str(shop.port) in checked["address"]["says"]
    assert serving.end() == 0


def test_a_taken_port_is_refused_in_one_sentence(shop):
    serving = shop.serve()

    refused = shop.run("serve", "--port", str(shop.port))

    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("give another with --port.")
    assert serving.end() == 0
