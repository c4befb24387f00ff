"""A shop that has sold something."""

import pytest

from passaparola.promises.tests.conftest import RefundingShop
from passaparola.stores.models import Store


@pytest.fixture
def shop(luna: Store) -> RefundingShop:
    luna.language = "en"
    luna.save()
    return RefundingShop(luna)
