"""A name server of our own on loopback, and what is made of its answers."""

import socketserver
from threading import Thread

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from passaparola.config.checks import Level
from passaparola.config.mail_names import examine, names_of

KEY = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0"


class Server(socketserver.ThreadingUDPServer):
    """Answers TXT questions from a dictionary; counts what it was asked."""

    daemon_threads = True

    def __init__(self, texts):
        self.texts, self.asked = texts, []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def place(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        question, line = dns.message.from_wire(self.request[0]), self.request[1]
        name = question.question[0].name.to_text(omit_final_dot=True)
        self.server.asked.append(name)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        texts = self.server.texts.get(name)
        if texts is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            quoted = [" ".join(f'"{part}"' for part in text.split("|")) for text in texts]
            answer.answer = [dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *quoted)]
        line.sendto(answer.to_wire(), self.client_address)


@pytest.fixture
def served():
    servers = []

    def serve(**texts):
        server = Server({name.replace("__", "."): value for name, value in texts.items()})
        servers.append(server)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def looked_at(server, domain="luna.shop", **more):
    return {one.check: one for one in examine(domain, names_of(server.place), **more)}


GOOD = {
    "luna__shop": ["google-site=1", "v=spf1 include:mail.host -all"],
    "mail___domainkey__luna__shop": [KEY],
    "_dmarc__luna__shop": ["v=DMARC1; p=quarantine; adkim=s"],
}


def test_a_shop_whose_mails_prove_themselves_is_well(served):
    found = looked_at(served(**GOOD))

    assert {one.level for one in found.values()} == {Level.OK}
    assert "named mail" in found["DKIM"].says
    assert found["DMARC"].says == "luna.shop asks for quarantine, and DKIM must name luna.shop itself."


def test_a_key_told_in_two_strings_is_one_key(served):
    server = served(**GOOD | {"mail___domainkey__luna__shop": ["v=DKIM1; k=rsa; |p=MIIB"]})

    assert looked_at(server)["DKIM"].level is Level.OK


def test_nothing_at_all_is_three_warnings_each_with_its_mend(served):
    found = looked_at(served())

    assert {name: one.level for name, one in found.items()} == dict.fromkeys(
        ("SPF", "DKIM", "DMARC"), Level.WARNING
    )
    assert all(one.mend for one in found.values())


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (["v=spf1 a -all", "v=spf1 mx -all"], "2 SPF records"),
        (["v=spf1 +all"], "lets everybody send"),
        (["v=spf10 -all"], "does not say who may send"),
    ],
)
def test_a_record_that_proves_nothing_is_named(served, records, said):
    found = looked_at(served(**GOOD | {"luna__shop": records}))

    assert (found["SPF"].level, said in found["SPF"].says) == (Level.WARNING, True)


def test_a_withdrawn_key_is_none_and_a_named_one_is_looked_for_alone(served):
    server = served(**GOOD | {"mail___domainkey__luna__shop": ["v=DKIM1; p="]})

    assert "withdrawn" in looked_at(server)["DKIM"].says
    server.asked.clear()
    assert looked_at(server, selectors=["own"])["DKIM"].level is Level.WARNING
    assert [name for name in server.asked if "_domainkey" in name] == ["own._domainkey.luna.shop"]


def test_a_subdomain_goes_by_what_its_owner_says_above(served):
    server = served(**GOOD | {"_dmarc__luna__shop": ["v=DMARC1; p=none; sp=reject"]})

    assert looked_at(server, "mail.luna.shop")["DMARC"].says == "luna.shop asks for reject."


def test_a_server_that_does_not_answer_is_said_and_not_taken_for_an_empty_one(monkeypatch):
    monkeypatch.setattr("passaparola.config.mail_names.SECONDS", 0.2)

    (found,) = examine("luna.shop", names_of("127.0.0.1:9"))

    assert (found.level, "could not be looked up" in found.says) == (Level.WARNING, True)
    assert "--resolver" in found.mend


def test_a_name_for_examples_is_not_looked_up(served):
    server = served()

    assert looked_at(server, "bottegaluna.example")["mail name"].level is Level.OK
    assert server.asked == []


def test_what_is_no_name_server_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="HOST or HOST:PORT"):
        names_of("127.0.0.1:dns")
