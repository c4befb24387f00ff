"""What the doctor says about connections."""

from tests.cast import NOON

from passaparola.config import checks
from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection


def said() -> list[tuple[str, str]]:
    return [(finding.level.value, finding.says) for finding in checks._webhooks()]


def test_whoever_should_post_and_never_did_is_named_with_a_mend(luna):
    inbound.connect(luna, role="connector", kind="shopify")

    assert said() == [("warning", "shopify of bottega-luna has never been heard from.")]
    assert all("address" in finding.mend for finding in checks._webhooks())


def test_a_carrier_that_is_asked_is_silent_until_it_is(luna):
    made = inbound.connect(luna, role="carrier", kind="poste_it")
    assert said() == []

    Connection.objects.filter(pk=made.pk).update(asked_at=NOON)
    assert said() == [("warning", "poste_it of bottega-luna was asked and has never answered.")]

    Connection.objects.filter(pk=made.pk).update(last_heard_at=NOON)
    assert said() == [("ok", "1 connections have been heard from.")]
