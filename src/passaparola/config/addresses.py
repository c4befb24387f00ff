"""The two servers we may be told of by an address: the database and the mail server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


def _decoded(text: str | None) -> str:
    return unquote(text or "")


def _split(text: str) -> SplitResult:
    parts = urlsplit(text)
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("its port is no number from 0 to 65535") from None
    return parts


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A PostgreSQL. `host` is a folder where it listens on a unix socket."""

    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """What else libpq understands, such as `sslmode`."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `postgresql://user:password@host:port/name?sslmode=…`; a socket folder goes in `?host=`."""
        parts = _split(text)
        if parts.scheme not in {"postgresql", "postgres"}:
            raise ValueError("only PostgreSQL is supported")
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", "") or _decoded(parts.hostname)
        port = options.pop("port", "") or str(parts.port or "")
        name = _decoded(parts.path.removeprefix("/"))
        if not name or "/" in name:
            raise ValueError("it names no database")
        return cls(name, _decoded(parts.username), _decoded(parts.password), host, port, options)

    def as_django(self) -> dict[str, Any]:
        """The entry for Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
        }


_PROVIDER = "anymail+"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465, "console": 0}


@dataclass(frozen=True, slots=True)
class MailAddress:
    """A mail server, and whether and when the connection is encrypted."""

    scheme: str
    """`smtp`, `smtp+tls` (STARTTLS), `smtps` (TLS from the start), `console`, or `anymail+sendgrid` and the like."""
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What a provider asks for, such as `api_key`."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `smtp://user:password@host:port`; the port is the usual one where it is not given.

        A provider that anymail knows is named with what it asks for: `anymail+sendgrid://?api_key=…`.
        """
        parts = _split(text)
        if parts.scheme.startswith(_PROVIDER):
            if find_spec(f"anymail.backends.{parts.scheme.removeprefix(_PROVIDER)}") is None:
                raise ValueError("it is no provider that anymail knows")
            if parts.scheme == f"{_PROVIDER}amazon_ses" and find_spec("boto3") is None:
                raise ValueError(
                    "Amazon SES needs the package boto3 here; its SMTP address (smtp+tls://…) does not"
                )
            return cls(parts.scheme, options=dict(parse_qsl(parts.query)))
        if parts.scheme not in _PORTS:
            raise ValueError("it is no mail address we know")
        if parts.scheme != "console" and not parts.hostname:
            raise ValueError("it names no host")
        port = parts.port or _PORTS[parts.scheme]
        return cls(
            parts.scheme, _decoded(parts.hostname), port, _decoded(parts.username), _decoded(parts.password)
        )

    @property
    def provider(self) -> str:
        """The provider's name at anymail, or empty for a mail server."""
        return self.scheme.removeprefix(_PROVIDER) if self.scheme.startswith(_PROVIDER) else ""
