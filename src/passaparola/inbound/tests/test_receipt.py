"""Receiving: proved, kept once, answered."""

import io
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.inbound import actions, fast, receipt
from passaparola.inbound.models import Connection, Delivery, Outcome
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.connectors.dummy.signature import sign
from passaparola.stores.models import Store
from passaparola.tracking.carrier import CARRIERS

NAMES = sorted(
    {name for kinds in (CONNECTORS, CARRIERS) for k in kinds.values() for name in k.required_headers}
)


@pytest.fixture
def door(luna: Store) -> Connection:
    receipt.forget_doors()
    return actions.connect(luna, role="connector", kind="dummy")


def environ_of(door: Connection, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    environ: dict[str, Any] = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}
    environ |= {"REQUEST_METHOD": "POST", "PATH_INFO": f"/hooks/connector/dummy/{door.token}/"}
    return environ | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}


def post(door: Connection, body: bytes, secret: str | None = None, **changes: str) -> tuple[str, str]:
    headers = sign(body, secret or door.secret, topic="facts", delivery="d1", at=NOON)
    response = fast.serve(environ_of(door, body, headers) | changes)
    assert response is not None
    return response[0], b"".join(response[2]).decode()


def test_a_signed_delivery_is_kept_and_answered_200(door: Connection) -> None:
    status, _ = post(door, b"{}")

    assert status == "200 OK"
    assert bytes(Delivery.objects.get().body) == b"{}"


def test_the_same_delivery_again_is_200_and_nothing_more(door: Connection) -> None:
    post(door, b"{}")
    status, _ = post(door, b"{}")

    assert status == "200 OK"
    assert Delivery.objects.count() == 1


def test_a_wrong_signature_is_refused(door: Connection) -> None:
    status, sentence = post(door, b"{}", secret="another secret altogether")

    assert status == "401 Unauthorized"
    assert "signature" in sentence
    assert not Delivery.objects.exists()


def test_a_body_too_large_is_refused_even_without_an_honest_length(door: Connection) -> None:
    body = b"x" * (3 * 1024 * 1024)

    assert post(door, body)[0].startswith("413")
    assert post(door, body, CONTENT_LENGTH="")[0].startswith("413")


def test_an_address_without_a_secret_lets_nobody_in(door: Connection) -> None:
    Connection.objects.update(secret="")

    status, _ = post(door, b"{}", secret="x")
    empty = sign(b"{}", "", topic="facts", delivery="d1", at=NOON)

    assert status == "401 Unauthorized"
    assert fast.serve(environ_of(door, b"{}", empty)) is not None
    assert not Delivery.objects.exists()


def test_an_unknown_address_is_404_and_a_get_is_405(door: Connection) -> None:
    assert post(door, b"{}", PATH_INFO="/hooks/connector/dummy/guessed/")[0].startswith("404")
    assert post(door, b"{}", PATH_INFO="/hooks/")[0].startswith("404")
    assert post(door, b"{}", REQUEST_METHOD="GET")[0].startswith("405")


def test_a_missing_header_is_named(door: Connection) -> None:
    source = door.kind
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": f"/hooks/connector/{source}/{door.token}/"}

    response = fast.serve({**environ, "wsgi.input": io.BytesIO(b"{}")})

    assert response
    assert response[0].startswith("400")


def test_a_closed_connection_lets_nothing_in(door: Connection) -> None:
    door.closed_at = NOON
    door.save()

    assert post(door, b"{}")[0].startswith("404")


def test_a_signed_body_that_cant_be_read_is_kept_with_the_reason(door: Connection) -> None:
    status, _ = post(door, b"this is no JSON")

    actions.read_waiting(now=NOON)

    delivery = Delivery.objects.get()
    assert (status, delivery.outcome) == ("200 OK", Outcome.FAILED)
    assert delivery.reason


def test_what_failed_can_be_read_again(door: Connection) -> None:
    post(door, b"this is no JSON")
    actions.read_waiting(now=NOON)

    assert actions.read_again([Delivery.objects.get().pk], now=NOON) == 1
    assert actions.read_waiting(now=NOON) == 1
    assert Delivery.objects.get().attempts == 2


def test_djangos_own_way_gives_the_same_answer(door: Connection, client: object) -> None:
    headers = sign(b"{}", door.secret, topic="facts", delivery="d1", at=NOON)

    response = client.post(  # type: ignore[attr-defined]
        f"/hooks/connector/dummy/{door.token}/", b"{}", content_type="application/json", headers=headers
    )

    assert response.status_code == HTTPStatus.OK
    assert Delivery.objects.count() == 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300),
    headers=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40), max_size=8),
    kind=st.sampled_from([f"connector/{k}" for k in CONNECTORS] + [f"carrier/{k}" for k in CARRIERS]),
    length=st.sampled_from(["", "0", "7", "-1", "999999999999", "x", "１"]),
)
def test_whatever_a_stranger_posts_is_answered_and_never_kept(
    luna: Store, body: bytes, headers: dict[str, str], kind: str, length: str
) -> None:
    role, name = kind.split("/")
    door = Connection.objects.filter(role=role, kind=name).first() or actions.connect(
        luna, role=role, kind=name
    )
    environ = {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in headers.items()}
    environ |= {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"/hooks/{kind}/{door.token}/",
        "CONTENT_LENGTH": length,
    }

    response = fast.serve({**environ, "wsgi.input": io.BytesIO(body)})

    assert response
    assert response[0][:3] in {"200", "400", "401", "413"}
    assert response[0][:3] != "200" or not Delivery.objects.exclude(topic="").exists()


@pytest.mark.parametrize("token", ["a\0b", "\0", "caff\xe8"])
def test_an_address_that_cant_be_one_is_404_without_asking_the_database(
    door: Connection, token: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        status, _ = post(door, b"{}", PATH_INFO=f"/hooks/connector/dummy/{token}/")

    assert status == "404 Not Found"
