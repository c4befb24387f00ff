"""Where a request comes from."""

from datetime import timedelta
from ipaddress import ip_network

from django.test import RequestFactory
from tests.cast import NOON

from passaparola.kernel.http.source import source_of
from passaparola.kernel.limits import may_try
from passaparola.kernel.models import Attempts

HOUR = timedelta(hours=1)


def asked(**meta: str) -> str:
    return source_of(RequestFactory().get("/", **meta))


def test_only_our_own_proxy_is_believed(settings) -> None:
    told = {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}
    assert asked(REMOTE_ADDR="198.51.100.7", **told) == "198.51.100.7"

    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/8"),)
    assert asked(REMOTE_ADDR="10.0.0.1", **told) == "203.0.113.9"
    assert asked(REMOTE_ADDR="198.51.100.7", **told) == "198.51.100.7"


def test_a_home_with_many_addresses_counts_once() -> None:
    assert asked(REMOTE_ADDR="2001:db8:1:2:3:4:5:6") == asked(REMOTE_ADDR="2001:db8:1:2:ffff::1")
    assert asked(REMOTE_ADDR="") == "unknown"


def test_the_table_of_tries_names_nobody(db: None) -> None:
    may_try("sign-in", "sara@bottegaluna.example", most=3, per=HOUR, now=NOON)

    assert "sara" not in str(list(Attempts.objects.values()))
