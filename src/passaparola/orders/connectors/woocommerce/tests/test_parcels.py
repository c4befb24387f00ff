import json
from datetime import timedelta
from typing import Any

import pytest

from passaparola.orders.connectors.woocommerce import example
from passaparola.orders.connectors.woocommerce.tests.deliveries import AT, meta, order, read
from passaparola.orders.facts import FulfilmentFacts

TRACKING = "_wc_shipment_tracking_items"


def parcels(**changes: Any) -> tuple[FulfilmentFacts, ...]:
    return read("order.updated", order(**changes)).fulfilments


def test_a_tracked_parcel_says_carrier_number_link_and_day():
    (parcel,) = parcels()

    assert (parcel.order_id, parcel.carrier, parcel.numbers) == ("4711", "BRT", ("1660001",))
    assert parcel.urls == ("https://vas.brt.it/vas/sped_det_show.hsm?chisono=1660001",)
    assert parcel.at == AT + timedelta(days=1)


@pytest.mark.parametrize("kept_as", ["list", "numbered object", "text"])
def test_plugins_keep_the_list_in_three_ways(kept_as: str):
    item = example.parcel(AT)
    values = {"list": [item], "numbered object": {"0": item}, "text": json.dumps([item])}

    (parcel,) = parcels(meta_data=meta(**{TRACKING: values[kept_as]}))

    assert parcel.numbers == ("1660001",)


def test_several_parcels_have_several_names():
    items = [example.parcel(AT), example.parcel(AT) | {"tracking_number": "1660002"}]

    first, second = parcels(meta_data=meta(**{TRACKING: items}))

    assert (first.external_id, second.external_id) == ("4711-1", "4711-2")


def test_what_is_inside_is_told_where_the_plugin_knows_it():
    item = example.parcel(AT) | {"products_list": [{"product": "91", "item_id": "11", "qty": "2"}]}

    (parcel,) = parcels(meta_data=meta(**{TRACKING: [item]}))

    assert [(part.line_id, part.quantity) for part in parcel.parts] == [("11", 2)]


@pytest.mark.parametrize("key", ["ywot_tracking_code", "_aftership_tracking_number", "_tracking_number"])
def test_plugins_with_one_parcel_are_read_too(key: str):
    assert parcels(meta_data=meta(**{key: "1660001"}))[0].numbers == ("1660001",)


def test_a_completed_order_counts_as_sent_and_stays_one_parcel_when_its_number_comes():
    completed = {"status": "completed", "date_completed_gmt": AT.replace(tzinfo=None).isoformat()}

    (before,) = parcels(meta_data=[], **completed)
    (after,) = parcels(**completed)

    assert (before.numbers, before.at) == ((), AT)
    assert before.external_id == after.external_id


def test_an_order_that_is_collected_in_the_shop_was_not_sent():
    assert parcels(meta_data=[], status="completed", shipping_lines=[]) == ()
    assert parcels(meta_data=[], status="processing") == ()
