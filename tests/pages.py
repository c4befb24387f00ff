"""What every page of the team has to stand, wherever its concept is: inherit `StaffPages`, and list the addresses.

    class TestReturnsPages(StaffPages):
        urls = returns.urls
        addresses = {"desk": Asked(found=("BL-10240",)), "approve": Asked(_one, gets=False, posts=…, is_of_one=True)}

with a fixture `world` (rows of Bottega Luna, whatever the addresses need) and the cast's `stranger`, `chiara`
(owner) and `sara` (agent). An address that is missing from the list fails the tests.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse

Kwargs = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Asked:
    """How to ask for one address."""

    kwargs: Kwargs = lambda world: {}
    gets: bool = True
    """It answers to GET."""
    posts: Kwargs | None = None
    """What a right POST holds; None where it takes none."""
    is_for_owners: bool = False
    is_of_one: bool = False
    """It is about one row of the shop: for others there is nothing at this address."""
    is_public: bool = False
    """Not for the team: tested elsewhere."""
    found: tuple[str, ...] = field(default=())
    """Texts that the shop's own owner sees there."""


def everything_kept() -> dict[str, list[str]]:
    """Every row of every table but sessions and counted tries: to see that nothing changed."""
    with connection.cursor() as cursor:
        cursor.execute(_every_row())
        return dict(cursor.fetchall())


@cache
def _every_row() -> str:
    """One statement for all tables: asked table by table it was most of the work of these tests."""
    models = [m for m in apps.get_models() if m._meta.label not in {"sessions.Session", "kernel.Attempts"}]
    return " UNION ALL ".join(
        f"SELECT '{m._meta.label}', array(SELECT r::text FROM \"{m._meta.db_table}\" r ORDER BY 1)"
        for m in models
    )


class StaffPages:
    """The tests. `own` are texts of Bottega Luna that a stranger may never read."""

    urls: ClassVar[ModuleType]
    addresses: ClassVar[Mapping[str, Asked]]
    own: ClassVar[tuple[str, ...]] = ("Luna", "Moretti", "giulia", "BL-")

    def staff(self) -> Iterator[tuple[str, Asked]]:
        return ((name, asked) for name, asked in self.addresses.items() if not asked.is_public)

    def address(self, name: str, world: object) -> str:
        return reverse(f"{self.urls.app_name}:{name}", kwargs=self.addresses[name].kwargs(world))

    def test_every_address_is_tested(self) -> None:
        names = {str(p.name) for p in self.urls.urlpatterns if isinstance(p, URLPattern)}
        assert names == set(self.addresses)

    def test_every_address_but_the_public_ones_is_for_the_team(self) -> None:
        guarded = {p.name for p in self.urls.urlpatterns if _is_for_staff(p.callback)}
        assert guarded == {name for name, asked in self.addresses.items() if not asked.is_public}

    def test_the_stranger_sees_nothing(self, client: Client, world: object, stranger: Any) -> None:
        client.force_login(stranger)
        for name, asked in self.staff():
            if asked.gets:
                answer = client.get(self.address(name, world))
                assert answer.status_code == (404 if asked.is_of_one else 200), name
                text = answer.content.decode()
                seen = [text[max(0, text.find(own) - 60) :][:120] for own in self.own if own in text]
                assert not seen, f"{name}: {seen}"

    def test_the_stranger_changes_nothing(self, client: Client, world: object, stranger: Any) -> None:
        client.force_login(stranger)
        for name, asked in self.staff():
            if asked.is_of_one or asked.posts is None:
                before = everything_kept()
                answer = client.post(self.address(name, world), asked.posts(world) if asked.posts else {})
                assert answer.status_code == (405 if asked.posts is None else 404), name
                assert everything_kept() == before, name

    def test_whoever_is_signed_out_goes_to_sign_in(self, client: Client, world: object) -> None:
        before = everything_kept()
        for name, asked in self.staff():
            where = self.address(name, world)
            answer = client.get(where) if asked.gets else client.post(where, dict(asked.posts(world)))  # type: ignore[misc]
            assert answer.status_code == 302, name
            assert answer.headers["location"].startswith("/office/sign-in/"), name
        assert everything_kept() == before

    def test_looking_changes_nothing(self, client: Client, world: object, chiara: Any) -> None:
        client.force_login(chiara)
        before = everything_kept()
        for name, asked in self.staff():
            where = self.address(name, world)
            answers = [client.get(where), client.head(where)]
            assert {answer.status_code for answer in answers} == ({200} if asked.gets else {405}), name
        assert everything_kept() == before

    def test_agents_are_kept_from_what_is_the_owners(
        self, client: Client, world: object, chiara: Any, sara: Any
    ) -> None:
        client.force_login(sara)
        for name, asked in self.staff():
            where = self.address(name, world)
            if asked.gets:
                assert client.get(where).status_code == (403 if asked.is_for_owners else 200), name
            if asked.posts is not None and asked.is_for_owners:
                before = everything_kept()
                assert client.post(where, dict(asked.posts(world))).status_code == 403, name
                assert everything_kept() == before, name

    def test_the_team_sees_its_own_in_a_light_closed_page(
        self, client: Client, world: object, chiara: Any
    ) -> None:
        client.force_login(chiara)
        for name, asked in self.staff():
            if asked.gets:
                answer = client.get(self.address(name, world))
                assert [text for text in asked.found if text not in answer.content.decode()] == [], name
                assert len(answer.content) < 100_000, name
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"], name
                assert "unsafe" not in answer.headers["Content-Security-Policy"], name
                assert "no-store" in answer.headers["Cache-Control"], name
                assert b"None" not in answer.content, name

    @pytest.mark.parametrize("language", ["en", "it"])
    def test_pages_speak_both_languages(
        self, client: Client, world: object, chiara: Any, language: str
    ) -> None:
        client.force_login(chiara)
        client.cookies["django_language"] = language
        for name, asked in self.staff():
            if asked.gets:
                assert f'<html lang="{language}"' in client.get(self.address(name, world)).content.decode(), (
                    name
                )


def _is_for_staff(view: object) -> bool:
    while not getattr(view, "is_for_staff", False) and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return bool(getattr(view, "is_for_staff", False))
