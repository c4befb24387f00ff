"""`page`: what showing a customer's order page costs, against a psycopg + Jinja2 handler that keeps nothing.

Three mixes, each the same for both sides: what customers do while they wait (each page looked at five times),
only first looks (nothing of it is kept), and only further looks. Counted is the CPU of the web process; the
database's own is not, on either side: a first look asks it five statements, a further one of ours a single one.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import psycopg

from bench.load import fire
from bench.rig import Rig, await_port, cpu_seconds, free_port, rig
from bench.table import Row, rounds

GOAL = 1.5
LOOKS = 5
"""How often a page is opened while its parcel travels: four of five looks are further ones."""

Paths = Sequence[str]
Mix = Callable[[Paths], list[str]]


def run(*, quick: bool) -> list[Row]:
    count, turns = (400, 3) if quick else (800, 5)
    key = "bench-" + "x" * 40
    with rig(PASSAPAROLA_WEB_PROCESSES="1", PASSAPAROLA_WEB_THREADS="4", PASSAPAROLA_SECRET_KEY=key) as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        seed = [sys.executable, "-m", "bench._page_orders"]
        done = subprocess.run(seed, env=shop.env, capture_output=True, text=True, check=True)
        ours, bare = (list(paths)[:count] for paths in zip(*json.loads(done.stdout), strict=True))
        sides = Sides(shop, ours, bare)
        mixes: dict[str, tuple[Mix, bool]] = {
            "page": (_looks_of_customers, True),
            "page, first look": (list, True),
            "page, looked at again": (list, False),
        }
        rows = [sides.compare(name, mix, turns, news=news) for name, (mix, news) in mixes.items()]
        return [*rows, *sides.rate(seconds=3 if quick else 8)]


def _looks_of_customers(paths: Paths) -> list[str]:
    """Every page five times, in no order."""
    looks = [path for path in paths for _ in range(LOOKS)]
    random.Random(7).shuffle(looks)
    return looks


class Sides:
    """Both servers on the same database, one process with four threads each."""

    def __init__(
        self, shop: Rig, ours: Paths, bare: Paths, application: str = "bench._page_bare:application"
    ) -> None:
        self.shop, self.paths = shop, (ours, bare)
        self.ports = (free_port(), free_port())
        options = [
            "--interface",
            "wsgi",
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--log-level",
            "warning",
        ]
        granian = [
            sys.executable,
            "-m",
            "granian",
            *options,
            "--port",
            str(self.ports[1]),
            application,
        ]
        self.processes = (shop.start("web", "--port", str(self.ports[0])), shop.start_program(granian))
        for port in self.ports:
            await_port(port)

    def compare(self, name: str, mix: Mix, turns: int, *, news: bool) -> Row:
        """Take turns; with `news` every order has changed before each, so nothing kept fits any more."""
        costs: tuple[list[float], list[float]] = ([], [])
        for turn in range(turns + 1):
            if news:
                self._news()
            for side in (0, 1):
                cost = self._fire(side, mix(self.paths[side]))
                if turn:  # the first turn warms up
                    costs[side].append(cost)
        ours, bare = rounds(costs[0]), rounds(costs[1])
        is_asked = name == "page"
        return Row(
            name=name,
            value=ours,
            unit="us CPU/page",
            against=bare,
            ratio=ours / bare,
            goal=f"<= {GOAL}x bare, aim below 1.0" if is_asked else "",
            met=ours / bare <= GOAL if is_asked else None,
        )

    def _news(self) -> None:
        with psycopg.connect(self.shop.env["DATABASE_URL"], autocommit=True) as line:
            line.execute("UPDATE orders_order SET page_version = page_version + 1")
            line.execute("VACUUM ANALYZE orders_order")  # now, not in the middle of a turn

    def _fire(self, side: int, paths: Paths) -> float:
        """Return the CPU per page in microseconds."""
        port, pid = self.ports[side], self.processes[side].pid
        requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() for path in paths]
        before = cpu_seconds(pid)
        fired = fire(port, requests)
        if set(fired.statuses) != {200}:
            raise RuntimeError(f"Not all were shown: {fired.statuses}\n{self.shop.log()[-2000:]}")
        return (cpu_seconds(pid) - before) / len(requests) * 1e6

    def rate(self, *, seconds: int) -> list[Row]:
        """How many pages a second, looked at again and again: only where `wrk` is there, as it costs little CPU."""
        wrk = shutil.which("wrk")
        if not wrk:
            return []
        rates = [median(self._wrk(wrk, side, seconds) for _ in range(3)) for side in (0, 1)]
        return [Row(name="page rate, looked at again", value=rates[0], unit="pages/s", against=rates[1])]

    def _wrk(self, wrk: str, side: int, seconds: int) -> float:
        listed = ",".join(f'"{path}"' for path in self.paths[side][:400])
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write(f"local p={{{listed}}} local i=0\n")
            script.write("request=function() i=i%#p+1 return wrk.format('GET',p[i]) end\n")
            script.flush()
            address = f"http://127.0.0.1:{self.ports[side]}/"
            command = [wrk, "-t1", "-c8", f"-d{seconds}s", "-s", Path(script.name), address]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return float(said.split("Requests/sec:")[1].split()[0])
