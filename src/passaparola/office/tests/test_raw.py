"""The raw rows: for those who run the installation, to be read only, without secrets."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import CompositePrimaryKey
from django.test import Client

from passaparola.office.tests.addresses import everything_kept
from passaparola.office.tests.conftest import Luna

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("passaparola.") and not isinstance(model._meta.pk, CompositePrimaryKey)
]
"""Without those whose key is two columns: Django's admin can't show them, and they say nothing of their own."""


@pytest.fixture
def curious(client: Client, world: Luna) -> Client:
    world.owner.is_staff = True
    world.owner.save()
    client.force_login(world.owner)
    return client


def test_owners_of_a_shop_see_no_raw_rows(client: Client, world: Luna) -> None:
    client.force_login(world.owner)

    answer = client.get("/raw/orders/order/", follow=True)

    assert answer.status_code == 403
    assert "BL-10240" not in answer.content.decode()


def test_whoever_is_signed_out_signs_in_at_the_office(client: Client, db: None) -> None:
    answer = client.get("/raw/orders/order/", follow=True)

    assert answer.redirect_chain[-1][0] == "/office/sign-in/?next=%2Fraw%2Forders%2Forder%2F"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_table_can_be_read_and_not_changed(curious: Client, world: Luna, model: type) -> None:
    base = f"/raw/{model._meta.app_label}/{model._meta.model_name}/"
    before = everything_kept()
    row = model._base_manager.first()

    assert model in admin.site._registry
    assert curious.get(base).status_code == 200
    assert curious.get(f"{base}add/").status_code == 403
    if row:
        page = curious.get(f"{base}{row.pk}/change/")
        assert page.status_code == 200
        assert curious.post(f"{base}{row.pk}/change/", {}).status_code == 403
        assert curious.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert everything_kept() == before


def test_secrets_are_never_shown(curious: Client, world: Luna) -> None:
    pages = (
        f"/raw/inbound/connection/{world.connection.pk}/change/",
        f"/raw/stores/member/{world.owner.pk}/change/",
        "/raw/inbound/connection/",
    )

    shown = "".join(curious.get(page).content.decode() for page in pages)

    assert world.connection.secret not in shown
    assert world.connection.token not in shown
    assert world.owner.password not in shown
