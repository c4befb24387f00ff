"""Importing a file of orders as history: streaming, in batches, by several processes, going on after a stop.

The file is shared out by customer: two processes never wait for each other over the same person's row. Each
reads the whole file, since reading is cheap, and handing orders from one process to another costs more than
reading them twice. A batch is one transaction; how far each share is dealt with is kept after each, so a stop
repeats at most the batches that were in the air, and recording the same facts twice changes nothing.
"""

import gc
import logging
import multiprocessing
import multiprocessing.connection
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from zlib import crc32

from django.db import OperationalError, connection, connections, transaction

from passaparola.inbound.models import Connection as ShopConnection
from passaparola.kernel.database.halves import is_no_rows_fault
from passaparola.orders.actions.record import Sourced, record
from passaparola.orders.connector import CONNECTORS, FileRow
from passaparola.orders.exports.opening import open_lines
from passaparola.orders.facts import Facts
from passaparola.orders.imports import BadRows, Progress, Summary, Watch, digest_of
from passaparola.orders.models import ImportRun, Order
from passaparola.stores.models import Store

log = logging.getLogger(__name__)
BATCH = 1000
OUR_FAULT = "We could not record this order: the fault is ours. Import the file again after an update."
KINDS = {"csv": "custom"}
"""What people call a kind, where the folder is called otherwise."""
_TRIES = 5
_HEADER_LINE = 1
_COLLECT_EVERY = 20
_ANALYSE_AFTER = frozenset({2, 8, 32, 128})
"""Batches after which the planner is told how full the tables have become."""


class NoImportError(ValueError):
    """Nothing can be imported like this; the sentence says why."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process needs to know."""

    store_id: int
    source: str
    kind: str
    path: Path
    columns: Mapping[str, str]
    lines: tuple[int, ...]
    """One a share of the file: from where on it is still to be recorded."""
    now: datetime


@dataclass(frozen=True, slots=True)
class _Done:
    """A batch that is recorded."""

    share: int
    line: int
    """Where the share goes on."""
    read: float
    """How much of the file is read, from 0 to 1."""
    good: int
    bad: list[FileRow]


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
    kind = KINDS.get(kind, kind)
    if not CONNECTORS[kind].reads_files:
        raise NoImportError(f"{CONNECTORS[kind].name} has no files that we read.")
    source = _source(store, kind)
    run = _run(store, source, digest_of(path), shares=max(1, processes), now=now)
    known = Order.objects.filter(store=store, source=source).real().count()
    resumed_at = min(run.lines) or int(any(run.lines))
    errors = BadRows(path, is_resumed=any(run.lines))
    job = _Job(store.pk, source, kind, path, columns, tuple(run.lines), now)
    read = dict.fromkeys(range(len(run.lines)), 0.0)
    for count, done in enumerate(_recorded(job, several=processes > 0), 1):
        if not done.good and [row.line for row in done.bad] == [_HEADER_LINE]:
            raise NoImportError(done.bad[0].reason)
        errors.add(done.bad)
        _keep(run, done)
        if count in _ANALYSE_AFTER:
            _analyse()
        read[done.share] = done.read
        watch(Progress(sum(read.values()) / len(read), run.orders, run.bad))
    run.bad, run.finished_at = errors.sort(), now
    run.save(update_fields=["bad", "finished_at"])
    new = Order.objects.filter(store=store, source=source).real().count() - known
    errors_file = str(errors.path) if run.bad else ""
    return Summary(run.orders, new, run.bad, errors_file, resumed_at, monotonic() - began)


def _source(store: Store, kind: str) -> str:
    """Use the name of the shop's connection of this kind, so that its webhooks mean the same orders."""
    connected = ShopConnection.objects.filter(store=store, role="connector", kind=kind, closed_at=None)
    return connected.order_by("pk").values_list("source", flat=True).first() or kind


def _run(store: Store, source: str, digest: str, *, shares: int, now: datetime) -> ImportRun:
    """Take up the unfinished run of this file, in its shares, or begin one."""
    run, _ = ImportRun.objects.get_or_create(
        store=store, source=source, digest=digest, finished_at=None, defaults={"started_at": now}
    )
    run.lines = run.lines or [0] * shares
    return run


def _keep(run: ImportRun, done: _Done) -> None:
    run.lines[done.share] = done.line
    run.orders += done.good
    run.bad += len(done.bad)
    run.save(update_fields=["lines", "orders", "bad"])


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _recorded(job: _Job, *, several: bool) -> Iterator[_Done]:
    """Record the whole file: in this process, or each share in one of its own."""
    if not several:
        for share in range(len(job.lines)):
            yield from _record_share(job, share)
        return
    connections.close_all()  # no two processes share a line
    fork = multiprocessing.get_context("fork")
    pipes, children = [], []
    for share in range(len(job.lines)):
        ours, theirs = fork.Pipe(duplex=False)
        child = fork.Process(target=_work, args=(job, share, theirs), daemon=True)
        child.start()
        theirs.close()
        pipes.append(ours)
        children.append(child)
    try:
        yield from _heard(pipes)
    finally:
        for child in children:
            child.terminate()
            child.join()
        for pipe in pipes:
            pipe.close()


def _heard(pipes: list[Connection]) -> Iterator[_Done]:
    """Return what the processes say, until each has said that it is at the end."""
    talking = list(pipes)
    while talking:
        for pipe in multiprocessing.connection.wait(talking):
            assert isinstance(pipe, Connection)  # noqa: S101 - nothing else was waited for
            try:
                said = pipe.recv()
            except EOFError:
                raise NoImportError(
                    "A process of the import ended; start it again, it goes on there."
                ) from None
            if said is None:
                talking.remove(pipe)
            elif isinstance(said, _Done):
                yield said
            else:
                raise NoImportError(str(said))


def _work(job: _Job, share: int, pipe: Connection) -> None:
    """One process. Nothing it makes refers to itself, so it can do without looking for such rings."""
    gc.disable()
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None  # not closed, which would end it for the one that started us: left alone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us; it ends us
    try:
        for count, done in enumerate(_record_share(job, share), 1):
            pipe.send(done)
            if count % _COLLECT_EVERY == 0:
                gc.collect()  # rings of others' making: memory must stay flat
        pipe.send(None)
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 - said by the one that people see
        pipe.send(f"{type(error).__name__}: {error}")
    finally:
        connections.close_all()


def _record_share(job: _Job, share: int) -> Iterator[_Done]:
    """Record the orders of one share, batch by batch, and tell of each."""
    size = max(1, job.path.stat().st_size)
    shares = len(job.lines)
    with open_lines(job.path) as text:
        read = CONNECTORS[job.kind].read_file(text, job.columns)
        rows = (row for row in read if row.line >= job.lines[share] and _share_of(row, shares) == share)
        line = job.lines[share]
        for batch in _batches(rows):
            readable = [row for row in batch if row.facts is not None]
            # Damaged rows come out ahead of the order in which they lie: only orders say how far we are.
            line = max((row.line + 1 for row in readable), default=line)
            refused = _record_rows(job, readable)
            bad = sorted([*(row for row in batch if row.facts is None), *refused], key=lambda row: row.line)
            yield _Done(share, line, min(1.0, text.buffer.tell() / size), len(batch) - len(bad), bad)


def _share_of(row: FileRow, shares: int) -> int:
    """One person's orders are all in one share; the hash is the same in every process and at every start."""
    if row.facts is None or not row.facts.orders:
        return row.line % shares
    who = row.facts.orders[0].customer
    return crc32((who.email or who.external_id or who.phone).strip().lower().encode()) % shares


def _batches(rows: Iterator[FileRow]) -> Iterator[list[FileRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _record_rows(job: _Job, rows: Sequence[FileRow]) -> list[FileRow]:
    """Record rows that could be read, and return those that could not be recorded all the same.

    They are found by halves: one row that we stumble over must not end the import, now and at each new start.
    """
    try:
        _record(job, [row.facts for row in rows if row.facts is not None])
    except Exception as error:
        if is_no_rows_fault(error):
            raise  # started again, the import goes on here
        if len(rows) > 1:
            middle = len(rows) // 2
            return _record_rows(job, rows[:middle]) + _record_rows(job, rows[middle:])
        log.exception("The order in line %s could not be recorded.", rows[0].line)
        return [FileRow(rows[0].line, None, OUR_FAULT, rows[0].raw)]
    return []


def _record(job: _Job, facts: Sequence[Facts]) -> None:
    """Record one batch; two in each other's way try again."""
    sourced = [Sourced(job.store_id, job.source, each) for each in facts]
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                record(sourced, now=job.now, is_history=True)
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", "") not in {"40P01", "40001"}:
                raise
        else:
            return
