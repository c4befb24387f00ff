"""`passaparola import orders FILE`: an export of a shop system becomes the shop's history."""

import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from passaparola.config.cli.command import Answer, Command, Failure, Misuse

if TYPE_CHECKING:
    from passaparola.orders.imports import Progress

_WIDTH = 30
_LINE_SECONDS = 5.0


def arguments(parser: ArgumentParser) -> None:
    """Take the file, whose it is, and what its columns mean."""
    parser.add_argument("file", type=Path, help="an export of orders")
    parser.add_argument("--store", required=True, help="the store, as “stores add” named it")
    parser.add_argument("--kind", required=True, help="shopify, woocommerce or csv")
    parser.add_argument(
        "--columns",
        default="",
        metavar="OURS=THEIRS,…",
        help="which column is what, where the headings don't say it: number=Order,total=Amount",
    )
    parser.add_argument("--processes", type=int, default=2, help="how many record at the same time")


def run(options: Namespace) -> Answer:
    """Import it; going on where an earlier start of the same file was stopped."""
    from passaparola.orders.actions.import_file import KINDS, NoImportError, import_file
    from passaparola.orders.connector import CONNECTORS
    from passaparola.stores.models import Store

    if not options.file.is_file():
        raise Failure(f"There is no file “{options.file}”.")
    if KINDS.get(options.kind, options.kind) not in CONNECTORS:
        raise Misuse(f"--kind “{options.kind}” is not known; there are: csv, {', '.join(CONNECTORS)}.")
    store = Store.objects.filter(slug=options.store).first()
    if store is None:
        known = ", ".join(Store.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Failure(f"There is no store “{options.store}”; there is: {known or 'none yet'}.")
    bar = _Bar()
    try:
        done = import_file(
            store,
            path=options.file,
            kind=options.kind,
            columns=_columns(options.columns),
            now=datetime.now(UTC),
            watch=bar.show,
            processes=max(0, min(options.processes, 16)),
        )
    except NoImportError as error:
        raise Failure(str(error)) from None
    finally:
        bar.end()
    text = f"{done.orders} orders, {done.new} of them new, in {done.seconds:.1f} s."
    if done.resumed_at:
        text += f" It went on at line {done.resumed_at}, where an earlier start had stopped."
    if done.bad:
        text += f"\n{done.bad} rows could not be read: {done.errors_file}"
    return Answer(asdict(done), text)


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if any(not sign or not ours.strip() or not theirs.strip() for ours, sign, theirs in pairs):
        raise Misuse("--columns wants pairs like number=Order,total=Amount.")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


class _Bar:
    """Progress on standard error: a bar where somebody watches, now and then a line where nobody does."""

    def __init__(self) -> None:
        self._is_watched = sys.stderr.isatty()
        self._next = time.monotonic() + _LINE_SECONDS

    def show(self, progress: "Progress") -> None:
        words = f"{progress.share:4.0%}  {progress.orders} orders, {progress.bad} bad rows"
        if self._is_watched:
            full = round(progress.share * _WIDTH)
            print(f"\r[{'█' * full}{' ' * (_WIDTH - full)}] {words}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + _LINE_SECONDS
            print(words, file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._is_watched:
            print(file=sys.stderr)


command = Command("Import an export of orders as history.", run, arguments)
