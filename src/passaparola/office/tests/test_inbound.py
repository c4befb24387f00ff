"""What came in: shown as it came, read again when somebody asks."""

from django.test import Client
from django.utils import timezone

from passaparola.inbound.models import Delivery
from passaparola.office.queries import inbound
from passaparola.office.tests.conftest import Luna


def add(world: Luna, key: str, body: bytes, outcome: str = "recorded") -> Delivery:
    return Delivery.objects.create(
        connection=world.connection, key=key, body=body, outcome=outcome, read_at=timezone.now(), topic=key
    )


def test_a_body_is_shown_and_never_run(client: Client, world: Luna) -> None:
    client.force_login(world.owner)
    hostile = add(world, "evil", b'{"note": "<script>alert(1)</script>"}')

    page = client.get(f"/office/inbound/{hostile.pk}/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_long_body_is_cut_and_a_broken_one_shown_as_it_came(client: Client, world: Luna) -> None:
    long = inbound.readable(b'["' + b"x" * 200_000 + b'"]')

    assert (len(long.text), long.is_cut, long.size) == (60_000, True, 200_004)
    assert inbound.readable(b'{"id": \xff').text == '{"id": \N{REPLACEMENT CHARACTER}'
    assert inbound.readable(b"[" * 100_000).text.startswith("[[[")


def test_failed_ones_are_read_again_and_others_left(client: Client, world: Luna) -> None:
    done = add(world, "done", b"{}")
    client.force_login(world.owner)

    answer = client.post("/office/inbound/replay-failed/", follow=True)

    assert "1 delivery is read again." in answer.content.decode()
    world.delivery.refresh_from_db()
    done.refresh_from_db()
    assert (world.delivery.read_at, world.delivery.outcome) == (None, "")
    assert done.read_at


def test_the_list_is_narrowed_by_outcome_connection_and_order(world: Luna) -> None:
    other = add(world, "other", b'{"id": 7}')

    def shown(**asked: str) -> list[str]:
        return [row.key for row in inbound.inbound_page(world.store, asked).rows]

    assert shown() == ["other", "d1"]
    assert shown(outcome="failed") == ["d1"]
    assert shown(outcome="waiting") == []
    assert shown(connection=str(other.connection_id + 999)) == shown(connection="x") == []
    assert shown(order=str(world.order.pk)) == ["d1"]


def test_half_a_letter_in_a_body_does_not_take_the_page_down(client: Client, world: Luna) -> None:
    client.force_login(world.owner)
    hostile = add(world, "half", b'{"note": "\\ud800 x"}')

    answer = client.get(f"/office/inbound/{hostile.pk}/")

    assert answer.status_code == 200
    assert "? x" in answer.content.decode()
