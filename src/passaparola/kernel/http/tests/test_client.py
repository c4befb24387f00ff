"""The way out against servers that behave, and servers that don't."""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network

import pytest

from passaparola.kernel.http.client import Answer, Client, Limits, Request
from passaparola.kernel.http.errors import BadAnswerError, ForbiddenError, RequestError, UnreachableError
from passaparola.kernel.http.tests.servers import PUBLIC, Server, answer, authority, reaching

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
HASTY = Limits(connect=0.3, total=0.5, bytes=1000)


def get(url: str, **headers: str) -> Request:
    return Request(method="GET", url=url, headers=headers)


def test_an_answer_comes_back_whole_whatever_its_status():
    with Server(answer(b"gone", "410 Gone", X_Why="too old")) as server:
        got = reaching(server).send(get("http://carrier.example/track?number=1"))

    assert (got.status, got.body, got.headers["x-why"]) == (410, b"gone", "too old")
    assert server.asked[0].line == "GET /track?number=1 HTTP/1.1"
    assert server.asked[0].headers["host"] == "carrier.example"
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_a_body_is_sent_with_its_length_and_headers():
    with Server(answer(b"{}")) as server:
        request = Request(
            method="POST", url="http://carrier.example:81/x", headers={"X-Key": "k"}, body=b"[1]"
        )
        reaching(server).send(request)

    asked = server.asked[0]
    assert (asked.method, asked.body, asked.headers["content-length"]) == ("POST", b"[1]", "3")
    assert (asked.headers["host"], asked.headers["x-key"]) == ("carrier.example:81", "k")


def test_an_answer_in_chunks_is_put_together():
    told = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with Server(told) as server:
        assert reaching(server).send(get("http://carrier.example/")).body == b"abcde"


def test_the_certificate_has_to_be_made_out_to_the_name_that_was_asked_for():
    serving, _ = authority()
    with Server(answer(b"safe"), tls=serving("carrier.example")) as server:
        client = reaching(server)

        assert client.send(get("https://carrier.example/")).body == b"safe"
        with pytest.raises(UnreachableError, match=r"“other\.example” can't prove who it is"):
            client.send(get("https://other.example/"))


def test_a_certificate_of_an_unknown_authority_is_not_believed():
    serving, _ = authority()
    with Server(answer(b"safe"), tls=serving("carrier.example")) as server:
        client = reaching(server, tls=Client().tls)

        with pytest.raises(UnreachableError, match="can't prove who it is"):
            client.send(get("https://carrier.example/"))
    assert not server.asked


def test_a_server_without_tls_is_one_sentence():
    with (
        Server(answer(), greeting=b"220 mail.example at your service\r\n") as server,
        pytest.raises(UnreachableError, match="does not speak TLS"),
    ):
        reaching(server).send(get("https://carrier.example/"))


def test_the_address_that_was_checked_is_the_one_that_is_dialled():
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    dialled = []

    def dial(address, port, seconds):
        dialled.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    client = Client(resolve=lambda host, port: next(answers), dial=dial)

    with pytest.raises(UnreachableError, match="does not answer: Connection refused"):
        client.send(get("http://rebinding.example/"))
    with pytest.raises(ForbiddenError):
        client.send(get("http://rebinding.example/"))
    assert dialled == [PUBLIC]


def test_the_next_address_is_tried_when_the_first_does_not_pick_up():
    with Server(answer(b"second")) as server:

        def dial(address, port, seconds):
            if ":" in address:
                raise OSError(101, "Network is unreachable")
            return socket.create_connection(("127.0.0.1", server.port), seconds)

        client = Client(resolve=lambda host, port: ["2606:4700::1", PUBLIC], dial=dial)

        assert client.send(get("http://carrier.example/")).body == b"second"


def test_loopback_is_asked_only_where_whoever_runs_this_allows_it():
    with Server(answer(b"here")) as server:
        with pytest.raises(ForbiddenError, match="private network"):
            Client().send(get(server.url))

        allowed = Client(also=(IPv4Network("127.0.0.1/32"),))
        assert allowed.send(get(server.url)).body == b"here"


def test_proxies_of_the_environment_are_not_asked(monkeypatch):
    with Server(answer(b"proxy")) as proxy, Server(answer(b"carrier")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)

        assert reaching(server).send(get("http://carrier.example/")).body == b"carrier"
    assert not proxy.asked


def hang(line, asked):
    line.settimeout(3)
    line.recv(1)  # until the other side gives up


def drip(line, asked):
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    for _ in range(100):
        line.sendall(b".")
        time.sleep(0.05)


def drip_head(line, asked):
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        line.sendall(f"X-{n}: .\r\n".encode())
        time.sleep(0.05)


@pytest.mark.parametrize("behave", [hang, drip, drip_head])
def test_time_ends_however_slowly_bytes_drip(behave):
    with Server(behave) as server:
        started = time.monotonic()
        with pytest.raises(UnreachableError, match="takes too long to answer"):
            reaching(server, HASTY).send(get("http://carrier.example/"))
        assert time.monotonic() - started < 2


def test_a_server_that_never_says_its_part_of_tls_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        client = Client(
            limits=HASTY,
            resolve=lambda host, port: [PUBLIC],
            dial=lambda address, _, seconds: socket.create_connection(("127.0.0.1", port), seconds),
        )
        with pytest.raises(UnreachableError, match="takes too long"):
            client.send(get("https://carrier.example/"))


def test_a_resolver_that_hangs_is_left_behind():
    forever = threading.Event()
    client = Client(limits=HASTY, resolve=lambda host, port: forever.wait(5) or [])

    with pytest.raises(UnreachableError, match="takes too long"):
        client.send(get("http://carrier.example/"))
    forever.set()


def pour(line, asked):
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(1000):
        line.sendall(b"x" * 65536)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (pour, "answers with more than"),
        (answer(b"x" * 5000), "answers with more than"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "breaks off"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000 + b"\r\n\r\n", "no HTTP"),
        (answer(b"\x1f\x8b", Content_Encoding="gzip"), "packed form"),
    ],
)
def test_an_answer_that_is_none_is_one_sentence(told, sentence):
    with Server(told) as server, pytest.raises(BadAnswerError, match=sentence):
        reaching(server, Limits(bytes=1000)).send(get("http://carrier.example/"))


def test_hanging_up_without_a_word_is_one_sentence():
    with (
        Server(lambda line, asked: None) as server,
        pytest.raises(UnreachableError, match="does not answer: it hung up"),
    ):
        reaching(server).send(get("http://carrier.example/"))


def moved(to: str) -> bytes:
    return answer(b"", "302 Found", Location=to)


def test_a_redirect_is_an_answer_like_others():
    with Server(moved("http://169.254.169.254/")) as server:
        assert reaching(server).send(get("http://carrier.example/")).status == 302
    assert len(server.asked) == 1


def test_a_redirect_that_may_be_followed_is_checked_like_the_first():
    with Server(moved("http://169.254.169.254/latest/")) as server:
        client = Client(
            resolve=lambda host, port: [PUBLIC] if host == "carrier.example" else [host],
            dial=lambda address, port, seconds: socket.create_connection(("127.0.0.1", server.port), seconds),
        )
        with pytest.raises(ForbiddenError, match="private network"):
            client.send(get("http://carrier.example/"), redirects=3)


def test_keys_do_not_travel_to_another_origin():
    def behave(line, asked):
        is_first = asked.headers["host"] == "carrier.example"
        line.sendall(moved("http://new.example/there") if is_first else answer(b"there"))

    with Server(behave) as server:
        got = reaching(server).send(get("http://carrier.example/", password="secret"), redirects=1)

    assert got.body == b"there"
    assert [asked.headers.get("password") for asked in server.asked] == ["secret", None]


def test_only_questions_are_repeated_elsewhere_and_never_in_the_clear():
    serving, _ = authority()
    with Server(moved("http://carrier.example/"), tls=serving("carrier.example")) as server:
        with pytest.raises(ForbiddenError, match="without encryption"):
            reaching(server).send(get("https://carrier.example/"), redirects=1)
        with pytest.raises(ForbiddenError, match="only questions"):
            reaching(server).send(Request(method="POST", url="https://carrier.example/"), redirects=1)


@pytest.mark.parametrize(
    "request_",
    [
        get("http://carrier.example/key-in-path?key=hush", password="hush\r\nX: y"),
        get("http://carrier.example/", password="hush-€"),
        get("http://carrier.example/", host="hush"),
        Request(method="GET hush", url="http://carrier.example/"),
    ],
)
def test_a_request_that_would_break_the_lines_is_refused_without_repeating_it(request_):
    with Server(answer()) as server, pytest.raises(RequestError) as refused:
        reaching(server).send(request_)

    assert "hush" not in str(refused.value)
    assert not server.asked


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta()),
        ("99999999999999999999", timedelta(days=1)),
        ("Wed, 18 Nov 2026 11:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 18 Nov 2026 10:00:00 GMT", timedelta()),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_how_long_to_wait_is_read_in_both_forms(said, pause):
    got = Answer(status=429, headers={"retry-after": said}, body=b"")

    assert got.retry_after(NOW) == pause
