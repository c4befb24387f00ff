"""`passaparola import orders`: what it takes, what it refuses, what it says."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pytest

from passaparola.config.cli.command import Failure, Misuse
from passaparola.config.cli.commands.import_orders import command
from passaparola.stores.models import Store


def options(*words: str) -> Namespace:
    parser = ArgumentParser()
    command.arguments(parser)
    return parser.parse_args([*words, "--processes", "0"])


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "orders.csv"
    path.write_text("Pratica,Placed at,Total,Currency\nX1,2025-03-01,12.00,EUR\nX2,someday,1.00,EUR\n")
    return str(path)


def test_a_file_is_imported_and_told_of(luna: Store, file: str) -> None:
    answer = command.run(options(file, "--store", luna.slug, "--kind", "csv", "--columns", "number=Pratica"))

    assert answer
    data: Any = answer.data
    assert (data["orders"], data["new"], data["bad"]) == (1, 1, 1)
    assert data["errors_file"] == f"{file}.errors.csv"
    assert "1 rows could not be read" in answer.text


@pytest.mark.parametrize("columns", ["number", "=Pratica", "number="])
def test_columns_without_a_pair_are_refused(luna: Store, file: str, columns: str) -> None:
    with pytest.raises(Misuse, match="pairs like"):
        command.run(options(file, "--store", luna.slug, "--kind", "csv", f"--columns={columns}"))


def test_an_unknown_kind_is_refused_with_those_there_are(luna: Store, file: str) -> None:
    with pytest.raises(Misuse, match=r"csv, .*shopify"):
        command.run(options(file, "--store", luna.slug, "--kind", "excel"))


def test_an_unknown_store_is_refused_with_those_there_are(luna: Store, file: str) -> None:
    with pytest.raises(Failure, match="bottega-luna"):
        command.run(options(file, "--store", "nobody", "--kind", "csv"))


def test_a_file_that_is_not_there_is_said_so(luna: Store) -> None:
    with pytest.raises(Failure, match="There is no file"):
        command.run(options("nowhere.csv", "--store", luna.slug, "--kind", "csv"))
