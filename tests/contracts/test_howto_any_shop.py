"""The page for shop owners is true: its sender is run, its examples are read."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from passaparola.inbound.source import Posted
from passaparola.orders.connector import CONNECTORS

PAGE = (Path(__file__).parents[2] / "docs" / "howto" / "any-shop.md").read_text()
SENDER = re.findall(r"```python file=tell_passaparola.py\n(.*?)```", PAGE, re.DOTALL)[0]
MESSAGES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
CUSTOM = CONNECTORS["custom"]


@contextmanager
def receiving(status: int) -> Iterator[tuple[str, list[Posted]]]:
    """A server on this machine that keeps what it gets and answers `status`."""
    heard: list[Posted] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            heard.append(Posted(headers, body, datetime.now(UTC)))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"A sentence.")

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(tmp_path: Path, address: str, secret: str, message: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "tell_passaparola.py"
    script.write_text(SENDER)
    document = json.loads(message)
    return subprocess.run(
        [sys.executable, str(script), document["type"]],
        input=json.dumps(document["data"]),
        env={"PASSAPAROLA_ADDRESS": address, "PASSAPAROLA_SECRET": secret},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.real_clock
def test_the_sender_on_the_page_is_short_and_gets_in(tmp_path: Path):
    secret = CUSTOM.new_secret() or ""

    with receiving(200) as (address, heard):
        result = run(tmp_path, address, secret, MESSAGES[0])

    assert (result.returncode, result.stderr) == (0, "")
    assert len(SENDER.splitlines()) < 100
    assert CUSTOM.lacks(heard[0]) == ()
    assert CUSTOM.is_authentic(heard[0], secret)
    assert CUSTOM.read(heard[0]).orders[0].number == "BL-10240"


def test_the_sender_gives_up_at_once_where_it_was_wrong(tmp_path: Path):
    with receiving(401) as (address, heard):
        result = run(tmp_path, address, CUSTOM.new_secret() or "", MESSAGES[0])

    assert (result.returncode, len(heard)) == (1, 1)
    assert "401 A sentence." in result.stderr


@pytest.mark.parametrize("message", MESSAGES)
def test_every_example_on_the_page_is_understood(message: str):
    facts = CUSTOM.read(Posted({}, message.encode(), datetime.now(UTC)))

    (order,) = facts.orders
    assert order.subtotal + order.shipping == order.total
    assert facts.fulfilments[0].order_id == order.external_id


def test_every_event_on_the_page_is_one_of_ours():
    from passaparola.orders.connectors.custom.connector import EVENTS, PRIVACY

    named = set(re.findall(r"`((?:order|fulfilment|tracking|refund|customer|product|privacy)\.\w+)`", PAGE))

    assert named == (set(EVENTS) | set(PRIVACY)) - {"order.created"}
