"""Files of orders become history: once, whole, whatever happens on the way."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DataError

from passaparola.kernel.models import EventRecord
from passaparola.orders.actions import Sourced
from passaparola.orders.actions import import_file as module
from passaparola.orders.actions.import_file import NoImportError, import_file
from passaparola.orders.imports import Progress, Summary
from passaparola.orders.models import ImportRun, Line, Order
from passaparola.stores.models import Store

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
HEADER = "Order,Placed at,Status,Currency,Total,Email,Product,Quantity,Price"


def row(number: int, total: str = "46.00") -> str:
    return (
        f"A{number},2025-03-01 10:00:00 +0100,paid,EUR,{total},kunde{number % 7}@mail.example,Piatto,2,23.00"
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, [row(number) for number in range(1, 26)])


def written(folder: Path, rows: list[str], *, encoding: str = "utf-8") -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding=encoding)
    return path


def errors_in(folder: Path) -> list[list[str]]:
    return list(csv.reader((folder / "orders.csv.errors.csv").read_text().splitlines()))


def imported(store: Store, path: Path, **more: object) -> Summary:
    given = {"kind": "csv", "columns": {}, "now": NOW, "processes": 0} | more
    return import_file(store, path=path, **given)  # type: ignore[arg-type]


def test_a_file_becomes_orders_marked_as_history(luna: Store, file: Path) -> None:
    summary = imported(luna, file)

    assert (summary.orders, summary.new, summary.bad, summary.errors_file) == (25, 25, 0, "")
    assert Order.objects.filter(is_history=True).count() == 25
    assert Line.objects.filter(quantity=2).count() == 25
    assert not EventRecord.objects.filter(is_history=False).exists()


def test_the_same_file_twice_changes_nothing(luna: Store, file: Path) -> None:
    imported(luna, file)
    before = list(Order.objects.order_by("pk").values("pk", "version", "total", "customer"))
    events = EventRecord.objects.count()

    again = imported(luna, file)

    assert (again.orders, again.new, again.resumed_at) == (25, 0, 0)
    assert list(Order.objects.order_by("pk").values("pk", "version", "total", "customer")) == before
    assert EventRecord.objects.count() == events


def test_bad_rows_go_into_a_file_with_line_and_reason(luna: Store, tmp_path: Path) -> None:
    path = written(tmp_path, [row(1), row(2, total="a lot"), row(3), "A4,1,2,3,4,5,6,7,8,9,10,11", row(5)])

    summary = imported(luna, path)

    errors = errors_in(tmp_path)
    assert (summary.orders, summary.bad) == (3, 2)
    assert [int(line) for line, *_ in errors[1:]] == [3, 5]
    assert all(reason for _, reason, *_ in errors[1:])
    assert errors[1][2:4] == ["A2", "2025-03-01 10:00:00 +0100"]


def test_cells_of_bad_rows_never_become_formulas(luna: Store, tmp_path: Path) -> None:
    path = written(tmp_path, ['A1,=HYPERLINK("x"),paid,EUR,a lot,k@mail.example,Piatto,2,23.00'])

    imported(luna, path)

    assert "'=HYPERLINK" in (tmp_path / "orders.csv.errors.csv").read_text()


def test_a_stopped_import_goes_on_where_it_was(
    luna: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(number) for number in range(1, 26)]
    path = written(tmp_path, [*rows[:3], row(90, total="much"), *rows[3:], row(91, total="more")])
    monkeypatch.setattr(module, "BATCH", 5)

    def pull_the_plug(progress: Progress) -> None:
        if progress.orders >= 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(luna, path, watch=pull_the_plug)
    summary = imported(luna, path)

    assert summary.resumed_at == 12
    assert (summary.orders, summary.bad) == (25, 2)
    assert Order.objects.count() == 25
    errors = errors_in(tmp_path)
    assert [line for line, *_ in errors[1:]] == ["5", "28"]
    assert ImportRun.objects.get().finished_at == NOW


@pytest.mark.django_db(transaction=True)
def test_a_share_that_was_ahead_does_not_begin_again(
    luna: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 3)

    def pull_the_plug(progress: Progress) -> None:
        if progress.orders >= 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(luna, file, processes=2, watch=pull_the_plug)
    before = ImportRun.objects.get().lines
    summary = imported(luna, file, processes=0)

    assert len(before) == 2
    assert (summary.orders, Order.objects.count()) == (25, 25)


def test_another_file_does_not_go_on_where_the_first_one_stopped(
    luna: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 5)

    def pull_the_plug(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(luna, written(tmp_path, [row(n) for n in range(1, 26)]), watch=pull_the_plug)

    other = imported(luna, written(tmp_path, [row(n) for n in range(1, 27)]))

    assert (other.resumed_at, other.orders) == (0, 26)
    assert Order.objects.count() == 26


def test_columns_may_be_named(luna: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Pratica,Giorno,Quanto,Valuta\nX1,2025-03-01,12.00,EUR\n")

    summary = imported(
        luna,
        path,
        columns={"number": "Pratica", "placed_at": "Giorno", "total": "Quanto", "currency": "Valuta"},
    )

    assert summary.orders == 1
    assert Order.objects.get().number == "X1"


def test_a_file_without_order_numbers_says_so(luna: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Wind,Weather\nN,sunny\n")

    with pytest.raises(NoImportError, match="no column with the order's number"):
        imported(luna, path)


def test_a_column_that_we_do_not_know_is_refused_with_those_we_do(luna: Store, file: Path) -> None:
    with pytest.raises(NoImportError, match="placed_at"):
        imported(luna, file, columns={"ordine": "Order"})


def test_files_of_old_spreadsheets_are_read(luna: Store, tmp_path: Path) -> None:
    path = written(tmp_path, [row(1).replace("Piatto", "Tazzina da caffè")], encoding="cp1252")

    imported(luna, path)

    assert Line.objects.get().title == "Tazzina da caffè"


def test_a_shopify_export_means_the_same_orders_as_its_webhooks(luna: Store, tmp_path: Path) -> None:
    from passaparola.inbound.actions import connect

    connect(luna, role="connector", kind="shopify")
    path = tmp_path / "orders_export.csv"
    path.write_text(
        "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Id\n"
        "#BL-1,g@posta.example,paid,EUR,46.00,2025-03-01 10:00:00 +0100,2,Piatto,23.00,5400000000001\n"
    )

    imported(luna, path, kind="shopify")

    order = Order.objects.get()
    assert (order.source, order.external_id, order.number) == ("shopify", "5400000000001", "BL-1")


def test_a_carrier_is_no_kind_of_file(luna: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(module.CONNECTORS["dummy"]), "reads_files", False)

    with pytest.raises(NoImportError, match="no files"):
        imported(luna, file, kind="dummy")


@pytest.mark.django_db(transaction=True)
def test_several_processes_do_the_same(luna: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 4)

    summary = imported(luna, file, processes=2)

    assert (summary.orders, summary.new) == (25, 25)
    assert Order.objects.count() == 25
    assert Order.objects.values("customer").distinct().count() == 7


def test_amounts_and_times_that_nobody_can_keep_are_bad_rows_like_others(luna: Store, tmp_path: Path) -> None:
    too_much = "A2,2025-03-01,paid,EUR,1,k@mail.example,Piatto,2000000000,99999999999"
    nowhere = "A3,2025-03-01T10:00:00+23:59,paid,EUR,1,k@mail.example,Piatto,1,1"
    tiny = "A4,2025-03-01,paid,EUR,1e-999999,k@mail.example,Piatto,1,1"

    summary = imported(luna, written(tmp_path, [row(1), too_much, nowhere, tiny]))

    assert (summary.orders, summary.bad) == (2, 2)
    assert [reason.partition(":")[0] for _, reason, *_ in errors_in(tmp_path)[1:]] == ["Price", "Order date"]


def test_an_order_that_cant_be_recorded_does_not_hold_up_the_file(
    luna: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = module.record

    def stumbling(sourced: list[Sourced], **more: object) -> None:
        if any(one.facts.orders[0].number == "A7" for one in sourced):
            raise DataError("never heard of it")
        record(sourced, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "record", stumbling)
    summary = imported(luna, written(tmp_path, [row(number) for number in range(1, 26)]))

    assert (summary.orders, summary.new, summary.bad) == (24, 24, 1)
    assert errors_in(tmp_path)[1][:2] == ["8", module.OUR_FAULT]
