"""Concepts add to the menu and to each other's pages without knowing them."""

from datetime import UTC, datetime

import pytest
from django.urls import resolve

from passaparola.kernel.models import EventRecord
from passaparola.kernel.ui import menu, panels

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)


@pytest.fixture
def own(monkeypatch):
    monkeypatch.setattr(menu, "_ENTRIES", {})
    menu.register(
        menu.Entry(group="care", address="office:customers", label="Customers", icon="users", rank=20),
        menu.Entry(
            group="care",
            address="office:orders",
            label="Orders",
            icon="package",
            rank=10,
            badge=lambda *_: (EventRecord.objects.filter(kind="OrderPlaced"), EventRecord.objects.none()),
        ),
        menu.Entry(
            group="setup", address="office:settings", label="Settings", icon="settings", is_for_owners=True
        ),
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("own")
def test_entries_stand_in_their_group_by_rank():
    for number in range(3):
        EventRecord.objects.create(
            store_id=1, key=f"placed:{number}", kind="OrderPlaced", happened_at=NOW, data={}
        )
    (care, setup) = menu.groups(object(), here="office:order-scan", is_owner=True, now=NOW)

    assert [(link.label, link.badge, link.is_current) for link in care.links] == [
        ("Orders", 3, True),
        ("Customers", 0, False),
    ]
    assert [link.label for link in setup.links] == ["Settings"]


@pytest.mark.django_db
def test_all_that_waits_is_counted_in_one_question_and_no_further_than_a_hundred(django_assert_num_queries):
    for number in range(menu.MOST_COUNTED + 1):
        EventRecord.objects.create(store_id=1, key=f"{number}", kind="OrderPlaced", happened_at=NOW, data={})
    rows = EventRecord.objects.filter(store_id=1)

    with django_assert_num_queries(1):
        assert menu.counts([(rows,), (), (rows.filter(key="7"), rows.filter(key="8"))]) == [
            menu.MOST_COUNTED,
            0,
            2,
        ]


@pytest.mark.django_db
@pytest.mark.usefixtures("own")
def test_what_is_for_owners_is_not_shown_to_others():
    groups = menu.groups(object(), here="office:orders", is_owner=False, now=NOW)

    assert [group.label for group in groups] == ["Care"]


@pytest.mark.django_db
def test_no_way_of_an_agents_menu_leads_to_a_closed_door(luna):
    groups = menu.groups(luna, here="", is_owner=False, now=NOW)

    views = {link.label: resolve(link.url).func for group in groups for link in group.links}
    assert views
    assert not [label for label, view in views.items() if _is_for_owners(view)]


def _is_for_owners(view: object) -> bool:
    while view is not None and not getattr(view, "is_for_owners", False):
        view = getattr(view, "__wrapped__", None)
    return view is not None


def test_no_two_places_have_the_same_key():
    keys = [entry.key for entry in menu.entries() if entry.key]

    assert len(keys) == len(set(keys))


def test_panels_stand_at_their_place_by_rank(monkeypatch):
    monkeypatch.setattr(panels, "_PANELS", {})
    late = panels.Panel(place="order", template="b.html", load=lambda *_: {}, rank=60)
    early = panels.Panel(place="order", template="a.html", load=lambda *_: {}, rank=10)
    aside = panels.Panel(place="order", template="c.html", load=lambda *_: {}, column="aside")
    panels.register(late, early, aside)

    assert panels.panels_at("order", "main") == [early, late]
