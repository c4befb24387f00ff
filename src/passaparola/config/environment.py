"""What is set from outside: every setting once, with its parser, its default and one sentence.

`read` is pure: the environment goes in as a mapping, values come out. `passaparola settings` prints this
list and docs/settings.md is written from it, so there is no second place to keep right.
"""

# ruff: noqa: RUF009 - `_set` is `dataclasses.field` with one argument filled in

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from passaparola.config import parsers
from passaparola.config.addresses import DatabaseAddress, MailAddress


class BadSettingError(ValueError):
    """A setting that can't be used. The sentence names the setting and what it may be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is documented. An absent one takes `default`; "" means there is none."""

    name: str
    parse: Callable[[str], Any]
    default: str
    says: str
    allowed: str
    secret: bool = False

    def read(self, environ: Mapping[str, str]) -> Any:
        """Return the parsed value, or None where neither the environment nor a default gives one."""
        given = environ.get(self.name, "").strip() or self.default
        if not given:
            return None
        try:
            return self.parse(given)
        except ValueError as error:
            shown = "" if self.secret else f" “{given}”"
            because = f" ({error})" if self.secret or str(error).endswith("!") else ""
            raise BadSettingError(
                f"{self.name}{shown} can't be used{because}: give {self.allowed}."
            ) from None


def _set(name: str, parse: Callable[[str], Any], default: str, says: str, allowed: str, **more: bool) -> Any:
    return dataclasses.field(metadata={"setting": Setting(name, parse, default, says, allowed, **more)})


@dataclass(frozen=True, slots=True)
class Environment:
    """All settings, read and checked."""

    data: Path = _set(
        "PASSAPAROLA_DATA",
        Path,
        "var",
        "The folder of the private database, pictures and the generated secret key; `--data` sets it.",
        "a folder",
    )
    database: DatabaseAddress | None = _set(
        "DATABASE_URL",
        DatabaseAddress.parse,
        "",
        "The PostgreSQL to use (15 or later); without it Passaparola runs a private one in the data folder.",
        "postgresql://user:password@host:port/name",
        secret=True,
    )
    mail: MailAddress | None = _set(
        "MAIL_URL",
        MailAddress.parse,
        "",
        "The server that takes our mail; without it mail waits in the outbox, `console:` prints it.",
        "smtp://user:password@host:port, smtp+tls://… (STARTTLS), smtps://… (TLS from the start), "
        "a provider such as anymail+postmark://?server_token=… or console:",
        secret=True,
    )
    port: int = _set(
        "PASSAPAROLA_PORT",
        parsers.between(1, 65535),
        "8000",
        "The port the web server listens on; `--port` sets it.",
        "a number from 1 to 65535",
    )
    listen: str = _set(
        "PASSAPAROLA_LISTEN",
        parsers.ip_address,
        "127.0.0.1",
        "The network address the web server listens on.",
        "an IP address such as 127.0.0.1 (this machine only) or 0.0.0.0 (everybody)",
    )
    public_url: str | None = _set(
        "PASSAPAROLA_URL",
        parsers.base_url,
        "",
        "The address customers see, used in every link; without it http://127.0.0.1 and the port.",
        "http://… or https://… with a host and no path",
    )
    allowed_hosts: tuple[str, ...] | None = _set(
        "PASSAPAROLA_ALLOWED_HOSTS",
        parsers.words,
        "",
        "Further host names to answer to, beside the one in PASSAPAROLA_URL and this machine's own.",
        "host names with commas between them; .example.com covers its subdomains",
    )
    trusted_proxy: tuple[IPv4Network | IPv6Network, ...] | None = _set(
        "PASSAPAROLA_TRUSTED_PROXY",
        parsers.networks,
        "",
        "The proxies in front of us, whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        "IP addresses or networks with commas between them, such as 127.0.0.1,10.0.0.0/8",
    )
    allow_private: tuple[IPv4Network | IPv6Network, ...] | None = _set(
        "PASSAPAROLA_ALLOW_PRIVATE",
        parsers.networks,
        "",
        "Private networks that we may ask over HTTP (a carrier's server in your own network, say); "
        "without it only what everybody on the internet can reach is asked.",
        "IP addresses or networks with commas between them, such as 127.0.0.1,10.0.0.0/8",
    )
    secret_key: str | None = _set(
        "PASSAPAROLA_SECRET_KEY",
        parsers.long_secret,
        "",
        "Signs links and encrypts kept secrets; without it one is generated into the data folder. "
        "Several machines must share one.",
        "at least 32 random characters",
        secret=True,
    )
    web_processes: int = _set(
        "PASSAPAROLA_WEB_PROCESSES",
        parsers.between(1, 64),
        "2",
        "How many web processes `serve` and `web` run.",
        "a number from 1 to 64",
    )
    web_threads: int = _set(
        "PASSAPAROLA_WEB_THREADS",
        parsers.between(1, 64),
        "4",
        "How many requests one web process answers at the same time; each keeps a database connection.",
        "a number from 1 to 64",
    )
    workers: int = _set(
        "PASSAPAROLA_WORKERS",
        parsers.between(0, 64),
        "2",
        "How many worker processes `serve` runs.",
        "a number from 0 to 64",
    )
    language: str = _set(
        "PASSAPAROLA_LANGUAGE",
        parsers.one_of("en", "it"),
        "en",
        "The language of pages for people whose own is not known.",
        "en or it",
    )
    time_zone: ZoneInfo = _set(
        "PASSAPAROLA_TIME_ZONE",
        parsers.time_zone,
        "Europe/Rome",
        "The time zone of shops that have not chosen their own.",
        "a name such as Europe/Rome or UTC",
    )
    log: str = _set(
        "PASSAPAROLA_LOG",
        parsers.one_of("debug", "info", "warning", "error"),
        "info",
        "How much is logged; debug also shows tracebacks on the command line.",
        "debug, info, warning or error",
    )
    chromium: Path | None = _set(
        "PASSAPAROLA_CHROMIUM",
        Path,
        "",
        "The Chromium the browser tests drive; without it /usr/bin/chromium.",
        "the path of a program",
    )

    @property
    def url(self) -> str:
        """The public base address, without a slash at its end."""
        return self.public_url or f"http://127.0.0.1:{self.port}"


def documented() -> Iterator[Setting]:
    """Every setting, in the order of the documentation."""
    return (field.metadata["setting"] for field in dataclasses.fields(Environment))


def read(environ: Mapping[str, str]) -> Environment:
    """Read all settings, or raise BadSettingError with one plain sentence."""
    fields = dataclasses.fields(Environment)
    return Environment(**{field.name: field.metadata["setting"].read(environ) for field in fields})
