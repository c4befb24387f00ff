"""Order data in Olist's columns: a small excerpt made up here reads as it should."""

from datetime import date

import pytest
from bench.danger import PRECISE, Watched, _chosen, _counted
from bench.olist import NotThereError, read

ORDERS = """order_id,customer_id,order_purchase_timestamp,order_delivered_carrier_date,\
order_delivered_customer_date,order_estimated_delivery_date
o1,c1,2018-03-01 10:15:00,2018-03-03 09:00:00,2018-03-09 18:30:00,2018-03-20 00:00:00
o2,c2,03/02/2018 11:00,03/05/2018 09:00,03/12/2018 12:00,03/21/2018 00:00
o3,c1,2018-03-02 10:15:00,,,2018-03-20 00:00:00
"""
CUSTOMERS = "customer_id,customer_zip_code_prefix,customer_state\nc1,01310,SP\nc2,9790,RS\n"
ITEMS = "order_id,seller_id\no1,s1\no2,s1\n"
SELLERS = "seller_id,seller_state\ns1,PR\n"


@pytest.fixture
def folder(tmp_path):
    files = {"orders": ORDERS, "customers": CUSTOMERS, "order_items": ITEMS, "sellers": SELLERS}
    for name, text in files.items():
        (tmp_path / f"olist_{name}_dataset.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_delivered_orders_are_read_with_their_lane_and_the_shops_own_estimate(folder):
    first, second = read(folder)

    assert (first.parcel.ordered_on, first.parcel.arrived_on) == (date(2018, 3, 1), date(2018, 3, 9))
    assert first.parcel.lane[1:] == ("PR", "SP", "01")
    assert second.parcel.lane.zone == "09"
    assert second.estimated == date(2018, 3, 21)


def test_a_folder_without_such_data_is_said_in_a_sentence(tmp_path):
    with pytest.raises(NotThereError, match="order_purchase_timestamp"):
        read(tmp_path)


def test_precision_and_recall_count_promises_not_evenings():
    seen = Watched(((3, 0.2), (2, 0.9), (1, 0.95)), is_broken=True)
    missed = Watched(((2, 0.1), (1, 0.3)), is_broken=True)
    wrong = Watched(((1, 0.7),), is_broken=False)

    assert _counted([seen, missed, wrong], 0.6) == (0.5, 0.5)
    assert _counted([seen, missed, wrong], 0.8) == (1.0, 0.5)
    assert seen.ahead(0.8) == 2
    assert _counted([seen, missed, wrong], _chosen([seen, missed, wrong]))[0] >= PRECISE
