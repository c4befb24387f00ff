"""`breaches`: the demo's shop lives for days; every promise that breaks opens its case in time, and none twice."""

import json
import subprocess
import sys

from bench.rig import rig
from bench.table import Row

GOAL = 60.0


def run(*, quick: bool) -> list[Row]:
    """Play days of the demo with its loops; seconds are the demo's own."""
    days, orders = (2, 300) if quick else (6, 1800)
    with rig() as shop:
        played = [sys.executable, "-m", "bench._breaches_played", str(days), str(orders)]
        done = subprocess.run(played, env=shop.env, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    n = found["breaches"]
    return [
        Row(
            name="case",
            value=found["longest"],
            unit=f"s from a breach to its case, the longest of {n} in {days} days",
            goal=f"< {GOAL:.0f} s, each",
            met=bool(n) and found["longest"] < GOAL and not found["without_case"],
        ),
        Row(
            name="twice",
            value=found["twice"],
            unit="breaches, cases or apologies told twice",
            goal="none",
            met=not found["twice"],
        ),
        Row(
            name="seen",
            value=found["seen"],
            unit=f"of {found['late']} late arrivals seen before, {found['seen_a_day_ahead']} a day and more",
        ),
    ]
