"""`idle`: how long a look costs when a million are in a journey and nobody's time has come."""

import subprocess
import sys
from pathlib import Path

from bench._enrolled import enrol, open_shop
from bench.rig import rig
from bench.table import Row

GOAL = 20.0
_LOOK = """
import time, django
django.setup()
from django.db import connection
from bench._enrolled import NOW
from passaparola.journeys import actions
from passaparola.journeys.models import Enrolment
def took(work):
    times = []
    for _ in range(51):
        started = time.perf_counter(); work(); times.append((time.perf_counter() - started) * 1e3)
    return sorted(times)[25]
actions.advance_due(NOW)
print(took(lambda: actions.advance_due(NOW)), took(lambda: Enrolment.objects.filter(ended_at=None).count()))
"""


def run(*, quick: bool) -> list[Row]:
    """The median of 51 looks; beside it what merely counting everybody costs, which other engines begin with."""
    everybody = 50_000 if quick else 1_000_000
    root = str(Path(__file__).parents[1])
    with rig() as shop, open_shop(shop) as line:
        enrol(line, 1, everybody)
        env = shop.env | {"PYTHONPATH": f"{root}:{shop.env.get('PYTHONPATH', '')}"}
        told = subprocess.run(
            [sys.executable, "-c", _LOOK], env=env, capture_output=True, text=True, check=True, cwd=root
        )
    look, counting = map(float, told.stdout.split())
    return [
        Row(
            name="idle",
            value=look,
            unit=f"ms a look, {everybody:,} enrolled",
            against=counting,
            ratio=counting / look,
            goal=f"< {GOAL:g} ms",
            met=look < GOAL,
        )
    ]
