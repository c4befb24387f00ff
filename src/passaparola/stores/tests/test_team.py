"""Opening a shop, and who is in its team."""

import pytest
from django.core.exceptions import ValidationError
from tests.cast import NOON, PASSWORD

from passaparola.stores import actions
from passaparola.stores.models import Member, Membership, Role, Store


def opened(name: str = "Bottega Luna", owner: str = "chiara@luna.example") -> Store:
    return actions.open_store(
        name, url="https://luna.example", language="it", owner_email=owner, owner_name="Chiara", now=NOON
    )


def membership_of(member: Member) -> Membership:
    return Membership.objects.get(member=member)


def test_a_shop_opens_with_its_owner(db: None) -> None:
    store = opened()

    assert (store.slug, store.created_at) == ("bottega-luna", NOON)
    assert [(m.member.name, m.role) for m in store.memberships.all()] == [("Chiara", Role.OWNER)]


def test_two_shops_of_one_name_have_two_addresses(db: None) -> None:
    slugs = [opened(owner=f"{n}@luna.example").slug for n in range(3)]

    assert slugs == ["bottega-luna", "bottega-luna-2", "bottega-luna-3"]


def test_a_name_without_letters_of_ours_still_gets_an_address(db: None) -> None:
    assert opened("月").slug == "shop"


def test_somebody_new_comes_in_by_link_only(luna: Store) -> None:
    membership, is_new = actions.invite(luna, email=" Grace@Luna.example", name="Grace", role=Role.AGENT)

    assert is_new
    assert membership.member.email == "grace@luna.example"
    assert not membership.member.has_usable_password()


def test_somebody_of_another_shop_keeps_name_and_password(luna: Store, stranger: Member) -> None:
    membership, is_new = actions.invite(luna, email=stranger.email, name="Somebody", role=Role.AGENT)

    assert not is_new
    assert membership.member.name == "Ugo Altrove"
    assert Member.objects.get(pk=stranger.pk).check_password(PASSWORD)


def test_nobody_is_invited_twice(luna: Store, sara: Member) -> None:
    with pytest.raises(actions.TeamError, match="Sara Bianchi is in the team already"):
        actions.invite(luna, email=sara.email, name="Sara", role=Role.OWNER)

    assert membership_of(sara).role == Role.AGENT


def test_an_address_that_is_none_is_refused(luna: Store) -> None:
    with pytest.raises(ValidationError):
        actions.invite(luna, email="sara@", name="Sara", role=Role.AGENT)


def test_the_last_owner_can_neither_leave_nor_step_down(chiara: Member, sara: Member) -> None:
    with pytest.raises(actions.TeamError, match="at least one owner"):
        actions.leave(membership_of(chiara))
    with pytest.raises(actions.TeamError, match="at least one owner"):
        actions.change_role(membership_of(chiara), role=Role.AGENT)

    assert membership_of(chiara).role == Role.OWNER


def test_an_owner_leaves_when_there_is_another(chiara: Member, sara: Member) -> None:
    actions.change_role(membership_of(sara), role=Role.OWNER)

    actions.leave(membership_of(chiara))

    assert list(Membership.objects.values_list("member__name", flat=True)) == ["Sara Bianchi"]
