"""A world that many tests look at, made once for a module.

    @pytest.fixture(scope="module")
    def shop_open(one_world):
        with one_world():
            yield shop.open_shop(now=NOON).pk

Its rows live in a transaction around those of the tests: what a test changes is gone after it, what the module made
after the module. Give ids, not rows: a row that a test changed would be the next one's. Not for tests that commit.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="session")
def one_world(django_db_setup: None, django_db_blocker: Any) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def world() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return world
