"""Importing a file of orders as history: streaming, in batches, by several processes, going on after a stop.

The file is read by one process and recorded by others. A batch is one transaction; how far the file is dealt
with is kept after every batch, in the file's order, so a stop repeats at most the batches that were in the
air, and recording the same facts twice changes nothing.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Self

from django.db import OperationalError, connection, connections, transaction

from passaparola.inbound.models import Connection
from passaparola.orders.actions.record import Sourced, record
from passaparola.orders.connector import CONNECTORS, FileRow
from passaparola.orders.exports.opening import open_lines
from passaparola.orders.facts import Facts
from passaparola.orders.imports import BadRows, Progress, Summary, Watch, digest_of
from passaparola.orders.models import ImportRun, Order
from passaparola.stores.models import Store

BATCH = 1000
KINDS = {"csv": "custom"}
"""What people call a kind, where the folder is called otherwise."""
_TRIES = 5
_ANALYSE_AFTER = frozenset({2, 8, 32, 128})
"""Batches after which the planner is told how full the tables have become."""


class NoImportError(ValueError):
    """Nothing can be imported like this; the sentence says why."""


@dataclass(slots=True)
class _Batch:
    line: int
    """Where the next one begins."""
    share: float
    facts: list[Facts] = field(default_factory=list)
    bad: list[FileRow] = field(default_factory=list)


def import_file(
    store: Store,
    *,
    path: Path,
    kind: str,
    columns: Mapping[str, str],
    now: datetime,
    watch: Watch = lambda _: None,
    processes: int = 2,
) -> Summary:
    """Import the file and say what became of it. Raises NoImportError with a sentence.

    With `processes` 0 everything happens in this one. An unfinished import of the same file goes on where
    it was.
    """
    began = monotonic()
    connector = CONNECTORS[KINDS.get(kind, kind)]
    if not connector.reads_files:
        raise NoImportError(f"{connector.name} has no files that we read.")
    source = _source(store, KINDS.get(kind, kind))
    run = _run(store, source, digest_of(path), now)
    known = Order.objects.filter(store=store, source=source).real().count()
    resumed_at = run.line
    errors = BadRows(path, before=run.line)
    with open_lines(path) as text, _Recorder(processes, store.pk, source, now) as recorder:
        rows = (row for row in connector.read_file(text, columns) if row.line >= resumed_at)
        size = max(1, path.stat().st_size)
        batches = _batches(rows, lambda: text.buffer.tell() / size)
        for batch in recorder.recorded(batches):
            errors.add(batch.bad)
            _keep(run, batch)
            watch(Progress(batch.share, run.orders, run.bad))
    ImportRun.objects.filter(pk=run.pk).update(finished_at=now)
    new = Order.objects.filter(store=store, source=source).real().count() - known
    errors_file = str(errors.path) if run.bad else ""
    return Summary(run.orders, new, run.bad, errors_file, resumed_at, monotonic() - began)


def _source(store: Store, kind: str) -> str:
    """Use the name of the shop's connection of this kind, so that its webhooks mean the same orders."""
    connected = Connection.objects.filter(store=store, role="connector", kind=kind, closed_at=None)
    return connected.order_by("pk").values_list("source", flat=True).first() or kind


def _run(store: Store, source: str, digest: str, now: datetime) -> ImportRun:
    run, _ = ImportRun.objects.get_or_create(
        store=store, source=source, digest=digest, finished_at=None, defaults={"started_at": now}
    )
    return run


def _keep(run: ImportRun, batch: _Batch) -> None:
    run.line = batch.line
    run.orders += len(batch.facts)
    run.bad += len(batch.bad)
    run.save(update_fields=["line", "orders", "bad"])


def _batches(rows: Iterator[FileRow], share: Callable[[], float]) -> Iterator[_Batch]:
    while chunk := list(islice(rows, BATCH)):
        yield _Batch(
            line=max(row.line for row in chunk) + 1,
            share=share(),
            facts=[row.facts for row in chunk if row.facts is not None],
            bad=[row for row in chunk if row.facts is None],
        )


def _record(store_id: int, source: str, facts: Sequence[Facts], now: datetime) -> None:
    """Record one batch; two in each other's way try again."""
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                record([Sourced(store_id, source, each) for each in facts], now=now, is_history=True)
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", "") not in {"40P01", "40001"}:
                raise
        else:
            return


@dataclass(slots=True)
class _Recorder:
    """Records batches, by other processes where there are any, and gives them back in order."""

    processes: int
    store_id: int
    source: str
    now: datetime
    _pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self.processes:
            connections.close_all()  # no two processes share a line
            self._pool = ProcessPoolExecutor(self.processes, mp_context=multiprocessing.get_context("fork"))
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def recorded(self, batches: Iterator[_Batch]) -> Iterator[_Batch]:
        for done, batch in enumerate(self._in_order(batches), 1):
            if done in _ANALYSE_AFTER:
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
            yield batch

    def _in_order(self, batches: Iterator[_Batch]) -> Iterator[_Batch]:
        if self._pool is None:
            for batch in batches:
                _record(self.store_id, self.source, batch.facts, self.now)
                yield batch
            return
        flying: deque[tuple[_Batch, Future[None]]] = deque()
        for batch in batches:
            future = self._pool.submit(_record, self.store_id, self.source, batch.facts, self.now)
            flying.append((batch, future))
            if len(flying) > self.processes + 1:  # enough to keep everybody busy; memory stays flat
                yield _landed(flying)
        while flying:
            yield _landed(flying)


def _landed(flying: deque[tuple[_Batch, Future[None]]]) -> _Batch:
    batch, future = flying.popleft()
    future.result()
    return batch
