"""`bin/bench [NAME…] [--quick] [--json] [--data FOLDER]`: the table of figures, measured on this machine, now."""

import argparse
import importlib
import json
import pkgutil
import sys

import bench
from bench.table import Row, printed

_NOT_BENCHES = {
    "bare",
    "danger",
    "load",
    "olist",
    "orders",
    "parcels",
    "replay",
    "rig",
    "rivals",
    "sink",
    "table",
    "__main__",
}


def names() -> dict[str, str]:
    """Return what can be measured, by name: each module here that has a `run`."""
    found = {}
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name not in _NOT_BENCHES and not module.name.startswith("_"):
            found[module.name.rstrip("_")] = f"bench.{module.name}"
    return found


def main(arguments: list[str] | None = None) -> int:
    known = names()
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "name", nargs="*", help=f"what to measure: {', '.join(known)}; all where none is given"
    )
    parser.add_argument(
        "--quick", action="store_true", help="smaller loads: minutes instead of tens of minutes"
    )
    parser.add_argument("--full", action="store_true", help="for campaign: a million people")
    parser.add_argument("--json", action="store_true", help="one list, one object a figure")
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        help="for eta: order data in Olist's columns, replayed beside the simulator",
    )
    parser.add_argument("--chaos", action="store_true", help="the same as naming chaos: processes are killed")
    options = parser.parse_args(arguments)
    options.name += ["chaos"] if options.chaos and "chaos" not in options.name else []
    unknown = [name for name in options.name if name not in known]
    if unknown:
        parser.error(f"“{unknown[0]}” can't be measured; there is: {', '.join(known)}")
    rows: list[Row] = []
    for name in options.name or known:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        module = importlib.import_module(known[name])
        more = {"data": options.data} if options.data and name == "eta" else {}
        if options.full and name == "campaign":
            more = {"full": True}
        rows += [_row(row) for row in module.run(quick=options.quick, **more)]
    if options.json:
        print(json.dumps([row.as_dict() for row in rows], indent=2))
    else:
        print(printed(rows))
    return 0


def _row(row: Row | dict[str, object]) -> Row:
    return row if isinstance(row, Row) else Row(**row)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
