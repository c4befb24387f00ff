"""What the world's name servers say of a shop's mail address: SPF, DKIM, DMARC, and whether they fit together.

A mail that proves nothing lands among spam. Only looked up, nothing is changed; `doctor` tells what is missing.
"""

import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dns.exception
import dns.resolver

from passaparola.config.checks import Finding, Level
from passaparola.stores.own_name import is_for_examples

SELECTORS = ("default", "mail", "dkim", "k1", "s1", "selector1", "google", "pm", "smtp", "mx")
"""Names under which keys usually stand. There is no list of them in the DNS: others have to be named."""
SECONDS = 4.0


class SilentError(Exception):
    """No name server answered."""


@dataclass(frozen=True, slots=True)
class Names:
    """Asks one resolver."""

    resolver: dns.resolver.Resolver

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, none where there are none. SilentError where nobody answers."""
        try:
            found = self.resolver.resolve(name, "TXT", lifetime=SECONDS, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise SilentError(str(error).partition("\n")[0]) from error
        return [b"".join(record.strings).decode("utf-8", "replace") for record in found]


def names_of(told: str) -> Names:
    """Return what asks `told` (`HOST` or `HOST:PORT`), or the system's own resolver where it is empty.

    ValueError with a sentence where it is no address of a name server; SilentError where this system has none.
    """
    if not told:
        try:
            return Names(dns.resolver.Resolver())
        except dns.exception.DNSException as error:
            raise SilentError(str(error)) from error
    host, _, port = told.rpartition(":") if told.count(":") == 1 else (told, "", "53")
    resolver = dns.resolver.Resolver(configure=False)
    try:
        resolver.nameservers = [str(socket.getaddrinfo(host.strip("[]"), None)[0][4][0])]
        resolver.port = int(port)
    except (OSError, ValueError) as error:
        raise ValueError(f"“{told}” is no name server: give HOST or HOST:PORT.") from error
    return Names(resolver)


def examine(domain: str, names: Names, selectors: Sequence[str] = ()) -> Iterator[Finding]:
    """Yield what is found of the domain that stands in the shop's From address."""
    if is_for_examples(domain):
        yield Finding("mail name", Level.OK, f"{domain} is a name for examples: nothing to look up.")
        return
    try:
        yield from (_spf(domain, names), _dkim(domain, names, selectors), _dmarc(domain, names))
    except SilentError as error:
        says = f"{domain} could not be looked up: {error}"
        yield Finding(
            "mail name", Level.WARNING, says, "Name a server that answers with --resolver HOST[:PORT]."
        )


def _spf(domain: str, names: Names) -> Finding:
    records = [text for text in names.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not records:
        mend = f"Have your mail server named in a TXT record at {domain}: v=spf1 … -all."
        return Finding("SPF", Level.WARNING, f"{domain} does not say who may send for it.", mend)
    if len(records) > 1:
        says = f"{domain} has {len(records)} SPF records, which count as none."
        return Finding("SPF", Level.WARNING, says, "Make one of them.")
    last = records[0].split()[-1].lower()
    if last in {"+all", "all"}:
        says = f"{domain} lets everybody send for it ({last})."
        return Finding("SPF", Level.WARNING, says, "End the record with -all or ~all.")
    return Finding("SPF", Level.OK, f"{domain} says who may send for it; mails of ours leave in its name.")


def _dkim(domain: str, names: Names, selectors: Sequence[str]) -> Finding:
    for selector in selectors or SELECTORS:
        for text in names.texts(f"{selector}._domainkey.{domain}"):
            key = _tags(text).get("p")
            if key:
                says = f"{domain} has a key named {selector}, so its signatures fit the From address."
                return Finding("DKIM", Level.OK, says)
            if key == "":
                says = f"The key named {selector} of {domain} was withdrawn."
                return Finding("DKIM", Level.WARNING, says, "Have the mail server sign with one that holds.")
    tried = ", ".join(selectors or SELECTORS)
    mend = "Have the mail server sign, and name its key with --selector."
    return Finding("DKIM", Level.WARNING, f"{domain} has no key under {tried}.", mend)


def _dmarc(domain: str, names: Names) -> Finding:
    for place in _upwards(domain):
        records = [text for text in names.texts(f"_dmarc.{place}") if text.upper().startswith("V=DMARC1")]
        if len(records) == 1:
            return _judged(domain, place, _tags(records[0]))
        if records:
            says = f"{place} has {len(records)} DMARC records, which count as none."
            return Finding("DMARC", Level.WARNING, says, "Make one of them.")
    mend = f"Begin with a TXT record at _dmarc.{domain}: v=DMARC1; p=none; rua=mailto:…"
    return Finding("DMARC", Level.WARNING, f"{domain} does not say what to do with forged mails.", mend)


def _judged(domain: str, place: str, tags: dict[str, str]) -> Finding:
    policy = tags.get("p" if place == domain else "sp") or tags.get("p", "")
    if policy not in {"none", "quarantine", "reject"}:
        says = f"The DMARC record of {place} has no policy that counts (p={policy})."
        return Finding("DMARC", Level.WARNING, says, "Write p=none, p=quarantine or p=reject.")
    strict = [what for what, tag in (("SPF", "aspf"), ("DKIM", "adkim")) if tags.get(tag) == "s"]
    exactly = f", and {' and '.join(strict)} must name {domain} itself" if strict else ""
    return Finding("DMARC", Level.OK, f"{place} asks for {policy}{exactly}.")


def _upwards(domain: str) -> Iterator[str]:
    """Yield the domain, and the ones above it that have at least one dot: who owns it may have said it there."""
    parts = domain.split(".")
    for start in range(max(len(parts) - 1, 1)):
        yield ".".join(parts[start:])


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}
