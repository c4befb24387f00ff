"""Who sees what: at every address there is, also those somebody adds tomorrow."""

import pytest
from django.test import Client

from passaparola.office.tests.addresses import ADDRESSES, STAFF, Asked, address, everything_kept, names
from passaparola.office.tests.conftest import Luna
from passaparola.stores.models import Member

every_address = pytest.mark.parametrize(("name", "asked"), STAFF.items(), ids=list(STAFF))
LUNAS_OWN = ("Luna", "Moretti", "BL-10240", "Piatto", "081544210", "giulia", "sara@", "orders/create")


def test_every_address_is_tested() -> None:
    assert names() == set(ADDRESSES)


def test_every_address_but_the_ways_in_is_for_the_team() -> None:
    from passaparola.office import urls

    guarded = {p.name for p in urls.urlpatterns if getattr(_inner(p.callback), "is_for_staff", False)}

    assert names() - guarded == {name for name, asked in ADDRESSES.items() if asked.is_public}


def _inner(view: object) -> object:
    """The view as @staff left it, below Django's own decorators."""
    while not getattr(view, "is_for_staff", False) and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


@every_address
def test_the_stranger_sees_nothing(
    client: Client, world: Luna, stranger: Member, name: str, asked: Asked
) -> None:
    client.force_login(stranger)
    if not asked.gets:
        return

    answer = client.get(address(name, world))

    if asked.is_of_one:
        assert answer.status_code == 404
    else:
        assert answer.status_code == 200
        assert not [own for own in LUNAS_OWN if own in answer.content.decode()]


@every_address
def test_the_stranger_changes_nothing(
    client: Client, world: Luna, stranger: Member, name: str, asked: Asked
) -> None:
    client.force_login(stranger)
    before = _of_luna(world)

    answer = client.post(address(name, world), asked.posts(world) if asked.posts else {})

    expected = {405} if asked.posts is None else {404} if asked.is_of_one else {200, 302, 400}
    assert answer.status_code in expected
    assert _of_luna(world) == before


def _of_luna(world: Luna) -> dict[str, list[str]]:
    """Everything but what the stranger may change at home."""
    kept = everything_kept()
    own = {"stores.Member", "stores.Store", "stores.Membership", "stores.SignInLink", "inbound.Connection"}
    rest = {label: rows for label, rows in kept.items() if label not in own}
    for row in (world.store, world.owner, world.agent, world.connection):
        row.refresh_from_db()
        rest[repr(row)] = [repr(sorted((k, v) for k, v in vars(row).items() if k != "_state"))]
    return rest


@every_address
def test_whoever_is_signed_out_goes_to_sign_in(client: Client, world: Luna, name: str, asked: Asked) -> None:
    where = address(name, world)
    before = everything_kept()

    answer = (
        client.get(where) if asked.gets else client.post(where, asked.posts(world) if asked.posts else {})
    )

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/office/sign-in/")
    assert everything_kept() == before


@every_address
def test_looking_changes_nothing(client: Client, world: Luna, name: str, asked: Asked) -> None:
    client.force_login(world.owner)
    before = everything_kept()

    answers = [client.get(address(name, world)), client.head(address(name, world))]

    assert {answer.status_code for answer in answers} == ({200} if asked.gets else {405})
    assert everything_kept() == before


@every_address
def test_agents_are_kept_from_what_is_the_owners(
    client: Client, world: Luna, name: str, asked: Asked
) -> None:
    client.force_login(world.agent.member)
    where = address(name, world)
    before = everything_kept()

    answer = (
        client.get(where) if asked.gets else client.post(where, asked.posts(world) if asked.posts else {})
    )

    if asked.is_for_owners:
        assert answer.status_code == 403
        assert everything_kept() == before
    else:
        assert answer.status_code in {200, 302}


@every_address
def test_the_team_sees_its_own(client: Client, world: Luna, name: str, asked: Asked) -> None:
    client.force_login(world.owner)
    if not asked.gets:
        return

    answer = client.get(address(name, world))

    assert [text for text in asked.found if text not in answer.content.decode()] == []


@every_address
def test_pages_weigh_little_and_are_closed_to_scripts(
    client: Client, world: Luna, name: str, asked: Asked
) -> None:
    client.force_login(world.owner)
    if not asked.gets:
        return

    answer = client.get(address(name, world))

    assert len(answer.content) < 100_000
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"] or name == "message-preview"
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"None" not in answer.content
