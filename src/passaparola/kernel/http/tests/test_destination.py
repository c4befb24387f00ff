"""Where requests may go, over every way in which an address can be written."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passaparola.kernel.http.client import Client, Request
from passaparola.kernel.http.destination import allowed, destination_of, is_public
from passaparola.kernel.http.errors import ForbiddenError, RequestError

PRIVATE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
ours = st.sampled_from([IPv4Network(network) for network in PRIVATE]).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(lambda n: network[n])
)
numbers = st.sampled_from([str, hex, lambda n: f"0{n:o}", lambda n: f"0x{n:08X}"])


def disguises(address: IPv4Address) -> list[str]:
    """The ways in which the C library, and so everything above it, reads an IPv4 address."""
    a, b, c, d = address.packed
    whole = int(address)
    return [
        str(whole),
        hex(whole),
        f"0{whole:o}",
        f"{a}.{int.from_bytes(bytes([b, c, d]))}",
        f"{a}.{b}.{int.from_bytes(bytes([c, d]))}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"{a:#x}.{b}.{c}.0{d:o}",
    ]


def is_refused(url: str) -> bool:
    """Tell whether nothing would be dialled, with the system's own reading of numbers as addresses."""
    dialled: list[str] = []

    def dial(address: str, port: int, seconds: float):
        dialled.append(address)
        raise ConnectionRefusedError

    with pytest.raises(RequestError):
        Client(dial=dial).send(Request(method="GET", url=url))
    return not dialled


@given(ours, st.data())
def test_a_private_address_is_refused_however_its_number_is_written(address, data):
    host = data.draw(st.sampled_from([str(address), *disguises(address)]))

    assert is_refused(f"http://{host}/")
    assert is_refused(f"https://{host}:8443/latest/meta-data/")


@given(ours)
def test_a_private_address_inside_an_ipv6_one_is_refused(address):
    whole = int(address)
    wrapped = [
        IPv6Address(0xFFFF << 32 | whole),  # mapped
        IPv6Address(whole),  # compatible, long given up
        IPv6Address((0x64FF9B << 96) | whole),  # translated by the network (NAT64)
        IPv6Address((0x2002 << 112) | whole << 80),  # 6to4
    ]

    assert not any(is_public(address) for address in wrapped)
    assert all(is_refused(f"http://[{form}]/") for one in wrapped for form in (one.compressed, one.exploded))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
@example(IPv6Address("::1"))
@example(IPv6Address("::"))
@example(IPv6Address("fe80::1"))
@example(IPv6Address("fc00::1"))
@example(IPv6Address("fec0::1"))
@example(IPv6Address("ff02::1"))
@example(IPv6Address("2001:db8::1"))
@example(IPv6Address("2001::7f00:1"))
def test_of_ipv6_only_what_the_internet_routes_is_public(address):
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
    else:
        assert is_refused(f"http://[{address}]/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1.",
        "１２７.０.０.１",  # full-width digits
        "127。0。0。1",  # ideographic full stops
        "0",
        "0x7f000001",
        "[::]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fe80::1%25lo]",
    ],
)
def test_names_and_signs_that_mean_this_machine_are_refused(host):
    assert is_refused(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "carrier.example",
        "//carrier.example/",
        "ftp://carrier.example/",
        "file:///etc/passwd",
        "gopher://carrier.example/_QUIT",
        "http:///path",
        "http://./",
        "http://a..b/",
        "http://user:password@carrier.example/",
        "http://@carrier.example/",
        "http://carrier.example\\@127.0.0.1/",
        "http://carrier.example:99999/",
        "http://carrier.example:0/",
        "http://carrier.example/ HTTP/1.1",
        "http://carrier.example/\r\nX: y",
        "http://carrier\t.example/",
        "http://[::1/",
        "http://[carrier.example]/",
        f"http://{'a' * 70}.example/",
        "http://carrier.example%2f@127.0.0.1/",
        "http://ca|rrier.example/",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url):
    with pytest.raises(ForbiddenError) as refused:
        destination_of(url)

    assert str(refused.value).endswith(".")
    assert "password" not in str(refused.value).replace("name or password", "")


@given(st.text())
def test_any_text_is_taken_apart_or_refused(text):
    for url in (text, f"http://{text}", f"https://carrier.example/{text}"):
        try:
            found = destination_of(url)
        except ForbiddenError:
            continue
        assert found.host.isascii()
        assert found.path.startswith("/") or found.path.startswith("?") or found.path
        assert found.path.isascii()
        assert found.path.isprintable()


def test_a_good_address_keeps_its_escapes_and_says_its_port():
    found = destination_of("HTTPS://Müller.Example:8443/a%20b/è?q=1&r=[x]#part")

    assert found.origin == ("https", "xn--mller-kva.example", 8443)
    assert found.path == "/a%20b/%C3%A8?q=1&r=[x]"


def test_a_name_that_leads_to_the_world_and_to_us_is_a_trap():
    with pytest.raises(ForbiddenError, match=r"“both\.example” leads into a private network"):
        allowed(["93.184.215.14", "10.0.0.7"], host="both.example")


def test_what_is_allowed_is_exactly_the_networks_given():
    also = (IPv4Network("127.0.0.1/32"),)

    assert allowed(["127.0.0.1"], host="here", also=also) == ["127.0.0.1"]
    assert allowed(["::ffff:127.0.0.1"], host="here", also=also) == ["::ffff:127.0.0.1"]
    with pytest.raises(ForbiddenError):
        allowed(["127.0.0.2"], host="there", also=also)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::6810:85e5", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))
