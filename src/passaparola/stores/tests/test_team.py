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


def link_of(member: Member, *, proves_address: bool) -> str:
    link = actions.make_sign_in_link(member, now=NOON, proves_address=proves_address)
    return link.rstrip("/").rpartition("/")[2]


def test_an_account_that_another_shop_made_opens_nothing_until_its_address_is_proved(
    luna: Store, stranger: Member
) -> None:
    theirs = actions.open_store("Trap", url="https://trap.example", language="en", now=NOON)
    made, _ = actions.invite(theirs, email="grace@luna.example", name="Not Grace", role=Role.AGENT)
    actions.use_sign_in_link(link_of(made.member, proves_address=False), now=NOON)
    Member.objects.get(pk=made.member_id).set_password(PASSWORD)

    ours, is_new = actions.invite(luna, email="grace@luna.example", name="Grace", role=Role.OWNER)

    assert (is_new, ours.waits) == (False, True)
    assert not luna.memberships.owners().exists()


def test_proving_the_address_opens_what_waited_and_closes_all_other_ways_in(luna: Store) -> None:
    theirs = actions.open_store("Trap", url="https://trap.example", language="en", now=NOON)
    member = actions.invite(theirs, email="grace@luna.example", name="Not Grace", role=Role.AGENT)[0].member
    member.set_password(PASSWORD)
    member.save()
    session, unspent = member.get_session_auth_hash(), link_of(member, proves_address=False)
    ours, _ = actions.invite(luna, email="grace@luna.example", name="Grace", role=Role.AGENT)

    proved = actions.use_sign_in_link(link_of(member, proves_address=True), now=NOON)

    assert proved
    assert proved.proved_at == NOON
    assert not Membership.objects.get(pk=ours.pk).waits
    assert proved.get_session_auth_hash() != session
    assert not proved.check_password(PASSWORD)
    assert actions.use_sign_in_link(unspent, now=NOON) is None
    assert not actions.invite(opened(), email="grace@luna.example", name="Grace", role=Role.AGENT)[0].waits
