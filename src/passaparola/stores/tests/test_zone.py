"""A zone that this machine does not know: an old database, another system, a typing error in a table."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from passaparola.customers.models import Customer
from passaparola.kernel.loops import LOOPS
from passaparola.stores.models import Member, Store

ADDRESSES = ("", "orders/", "segments/new/", "promises/", "promises/standards/", "journeys/", "calendar/")
MORE = ("channels/", "outbox/", "returns/", "cases/", "arrival/", "settings/")


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "Europe", "../etc/passwd", "x" * 60])
def test_a_broken_zone_gives_way_to_the_installations(zone: str) -> None:
    assert Store(time_zone=zone).zone.key == settings.TIME_ZONE


def test_it_stops_neither_the_office_nor_any_worker(
    client: Client, luna: Store, chiara: Member, giulia: Customer
) -> None:
    Store.objects.filter(pk=luna.pk).update(time_zone="Mars/Phobos")
    client.force_login(chiara)

    for address in ADDRESSES + MORE:
        assert client.get(f"/office/{address}").status_code == 200, address
    for loop in LOOPS:
        loop.run_once(datetime.now(UTC))
