"""What the doctor says about connections."""

from tests.cast import NOON

from passaparola.config import checks, environment
from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection
from passaparola.kernel.http.client import Client
from passaparola.kernel.http.tests.servers import Server, answer, authority, reaching
from passaparola.stores.models import Store
from passaparola.stores.own_name import look


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


def test_a_shops_own_name_is_asked_whether_it_leads_here(luna):
    luna.host = "orders.bottegaluna.it"

    def found(told, host="orders.bottegaluna.it"):
        with Server(told, tls=authority()[0](host)) as server:
            return look(luna, client=reaching(server))

    ours = found(answer(status="302 Found", Location="/s/bottega-luna/"))
    another = found(answer(status="302 Found", Location="/s/altrove/"))
    away = found(answer(status="502 Bad Gateway"))
    strange = found(answer(), host="elsewhere.example")
    inside = look(luna, client=Client(resolve=lambda host, port: ["10.0.0.7"]))

    assert ours.leads_here
    assert [one.leads_here for one in (another, away, strange, inside)] == [False] * 4
    assert [one.is_certain for one in (another, away, strange, inside)] == [True, False, True, False]
    assert "(302)" in another.says
    assert "prove who it is" in strange.says
    assert "private network" in inside.says


def test_a_name_for_examples_is_not_asked(luna):
    assert list(checks._own_names()) == []
    Store.objects.filter(pk=luna.pk).update(host="orders.bottegaluna.example")

    assert [finding.level.value for finding in checks._own_names()] == ["ok"]


def test_the_demo_lacks_no_mail_server_and_no_address(tmp_path):
    env = environment.read({"PASSAPAROLA_DATA": str(tmp_path)})
    checked = (checks._mail, checks._public_address)
    assert [check(env).level.value for check in checked] == ["problem", "warning"]

    (tmp_path / "demo.lock").touch()

    assert [check(env).level.value for check in checked] == ["ok", "ok"]


def test_a_provider_that_can_not_tell_what_came_back_is_a_warning():
    def said(url):
        env = environment.read({"MAIL_URL": url, "PASSAPAROLA_URL": "https://after.luna.example"})
        return checks._mail(env)

    deaf = said("anymail+postmark://?server_token=x")
    heard = said("anymail+postmark://?server_token=x&webhook_secret=user:word")

    assert (deaf.level.value, heard.level.value) == ("warning", "ok")
    assert "https://after.luna.example/mail-hooks/postmark/tracking/" in heard.says
