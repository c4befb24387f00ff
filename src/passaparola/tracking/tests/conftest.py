"""A shop that has sold something, and its contract with GLS."""

import pytest

from passaparola.inbound.models import Connection
from passaparola.stores.models import Store
from passaparola.tracking.tests.carriers import connect
from passaparola.tracking.tests.shop import Shop


@pytest.fixture
def shop(luna: Store) -> Shop:
    """With an English team, so that sentences can be compared."""
    luna.language = "en"
    luna.save()
    return Shop(luna)


@pytest.fixture
def gls(luna: Store) -> Connection:
    return connect(luna, "gls_it", depot="RA", contract="4711")
