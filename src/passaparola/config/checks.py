"""What the doctor looks at. Each check gives findings; one that finds nothing wrong says that."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from passaparola.config.environment import Environment

if TYPE_CHECKING:
    from passaparola.inbound.models import Connection

_OLDEST_POSTGRESQL = 150000
_CLOCK_SECONDS = 5.0
_MAIL_SECONDS = 5.0


class Level(StrEnum):
    """How bad it is: a problem keeps the work from being done, a warning may be meant."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` says what to do; empty where nothing has to be done."""

    check: str
    level: Level
    says: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How the names of mail are looked up: by which resolver, for which keys."""

    resolver: str = ""
    selectors: tuple[str, ...] = ()


def examine(env: Environment, asking: Asking = Asking()) -> Iterator[Finding]:
    """Check from the ground up; what stands on something broken is not looked at."""
    with ExitStack() as stack:
        reached = _reach(env, stack)
        yield reached
        if reached.level is Level.OK:
            yield from _database(asking)
        yield _mail(env)
        yield _public_address(env)


def _reach(env: Environment, stack: ExitStack) -> Finding:
    import psycopg

    from passaparola.config.cli import running
    from passaparola.kernel.database.errors import PrivateDatabaseError

    kind = "private" if env.database is None else "named by DATABASE_URL"
    try:
        url = stack.enter_context(running.database(env))
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version
    except PrivateDatabaseError as error:
        return Finding("database", Level.PROBLEM, str(error), "See postgres.log in the data folder.")
    except psycopg.Error as error:
        first_line = str(error).strip().partition("\n")[0]
        mend = "Start that PostgreSQL, or correct DATABASE_URL."
        return Finding("database", Level.PROBLEM, f"It does not answer: {first_line}", mend)
    if version < _OLDEST_POSTGRESQL:
        says = f"PostgreSQL {version // 10000} is too old."
        return Finding("database", Level.PROBLEM, says, "Use PostgreSQL 15 or later.")
    return Finding("database", Level.OK, f"PostgreSQL {version // 10000}, {kind}.")


def _database(asking: Asking) -> Iterator[Finding]:
    from passaparola.config import schema

    url = os.environ["DATABASE_URL"]
    if schema.state(url) is not schema.State.CURRENT:
        says, mend = "They are not those of this version.", "Run “passaparola migrate”."
        yield Finding("tables", Level.PROBLEM, says, mend)
        return
    yield Finding("tables", Level.OK, "They are those of this version.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passaparola.config.settings")
    import django

    django.setup()
    yield _clock()
    yield from _webhooks()
    yield _waiting()
    yield from _sending()
    yield from _mail_names(asking)
    yield from _own_names()


def _clock() -> Finding:
    """Due times are compared on both sides, so this machine and the database must agree on the time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if apart > _CLOCK_SECONDS:
        says = f"This machine and the database are {apart:.0f} s apart."
        return Finding("clock", Level.PROBLEM, says, "Have both set their clocks by NTP.")
    return Finding("clock", Level.OK, "This machine and the database agree on the time.")


def _webhooks() -> Iterator[Finding]:
    from passaparola.inbound.models import Connection

    silent = Connection.objects.filter(closed_at=None, last_heard_at=None).select_related("store")
    for one in silent.order_by("pk")[:50]:
        if finding := _silent(one):
            yield finding
    heard = Connection.objects.filter(closed_at=None).exclude(last_heard_at=None).count()
    if heard:
        yield Finding("webhooks", Level.OK, f"{heard} connections have been heard from.")


def _silent(one: "Connection") -> Finding | None:
    """Say what to do about a connection nobody was heard on; one that is asked is silent until it is."""
    from passaparola.inbound.handlers import ROLES

    posts = getattr(ROLES[one.role].kinds.get(one.kind), "posts_webhooks", True)
    if not posts and one.asked_at is None:
        return None
    if not posts:
        says = f"{one.source} of {one.store.slug} was asked and has never answered."
        return Finding("webhooks", Level.WARNING, says, f"Look at what {one.kind} is asked with.")
    says = f"{one.source} of {one.store.slug} has never been heard from."
    mend = f"Enter the address and the secret at {one.kind} and send a test, or close the connection."
    return Finding("webhooks", Level.WARNING, says, mend)


def _sending() -> Iterator[Finding]:
    from passaparola.messages.models import SpeakingPolicy

    for paused in SpeakingPolicy.objects.filter(paused_at__isnull=False).select_related("store"):
        says = f"{paused.store.slug} has paused itself: too many {paused.paused_because}."
        yield Finding("sending", Level.WARNING, says, "See Outbox in the office; its owner lets it go on.")


def _mail_names(asking: Asking) -> Iterator[Finding]:
    from passaparola.config.mail_names import SilentError, examine, names_of
    from passaparola.messages.letters import sender_of
    from passaparola.stores.models import Store

    domains = sorted({sender_of(store).host for store in Store.objects.order_by("pk")[:20]})
    try:
        names = names_of(asking.resolver)
    except SilentError as error:
        says = f"Mail names can't be looked up here: {error}"
        yield Finding("mail name", Level.WARNING, says, "Name a server with --resolver HOST[:PORT].")
        return
    for domain in domains:
        yield from examine(domain, names, asking.selectors)


def _own_names() -> Iterator[Finding]:
    """Ask the names under which shops have their customers' pages: links in mails begin with them."""
    from passaparola.stores.models import Store
    from passaparola.stores.own_name import is_for_examples, look

    for store in Store.objects.exclude(host=None).order_by("pk")[:20]:
        found = look(store)
        if found.leads_here or is_for_examples(str(store.host)):
            yield Finding("own name", Level.OK, found.says)
            continue
        level = Level.PROBLEM if found.is_certain else Level.WARNING
        mend = "Point it here (docs/howto/custom-domain.md), or take it out under Customers’ pages."
        yield Finding("own name", level, f"{found.says} Links in mails of {store.slug} begin with it.", mend)


def _waiting() -> Finding:
    from passaparola.inbound.models import Delivery, Outcome

    failed = Delivery.objects.filter(outcome=Outcome.FAILED).count()
    if failed:
        mend = "See Inbound in the office; “passaparola replay” reads them again after a fix."
        return Finding("inbound", Level.WARNING, f"{failed} deliveries could not be read.", mend)
    return Finding("inbound", Level.OK, "Everything that came in could be read.")


def _mail(env: Environment) -> Finding:
    """Only whether somebody answers: nothing is sent."""
    if env.mail is None and _is_demo(env):
        return Finding(
            "mail", Level.OK, "The demo brings a mail server of its own: no mail leaves this machine."
        )
    if env.mail is None:
        mend = "Set MAIL_URL; “passaparola settings” shows how."
        return Finding("mail", Level.PROBLEM, "MAIL_URL is not set: no mail goes out.", mend)
    if env.mail.scheme == "console":
        return Finding("mail", Level.OK, "Mail is printed, not sent.")
    if env.mail.provider:
        return _provider(env.mail.provider, env.url, is_heard="webhook_secret" in env.mail.options)
    place = f"{env.mail.host}:{env.mail.port}"
    try:
        socket.create_connection((env.mail.host, env.mail.port), timeout=_MAIL_SECONDS).close()
    except OSError as error:
        says = f"{place} does not answer ({error.strerror or error}): mail waits in the outbox."
        return Finding("mail", Level.PROBLEM, says, "Start that mail server, or correct MAIL_URL.")
    return Finding("mail", Level.OK, f"{place} answers.")


def _provider(name: str, url: str, *, is_heard: bool) -> Finding:
    """A provider that can't tell what came back lets us write on to dead addresses and to people who complained."""
    if is_heard:
        says = f"Mail goes through {name}, which tells what came back at {url}/mail-hooks/{name}/tracking/."
        return Finding("mail", Level.OK, says)
    mend = "Add webhook_secret=USER:PASSWORD to MAIL_URL, and name the webhook there; see docs/howto/good-name.md."
    return Finding(
        "mail", Level.WARNING, f"Mail goes through {name}, and nobody tells us what came back.", mend
    )


def _is_demo(env: Environment) -> bool:
    """Tell whether it is the demo that lives in this data folder."""
    return (env.data / "demo.lock").exists()


def _public_address(env: Environment) -> Finding:
    if env.public_url is None and _is_demo(env):
        return Finding("address", Level.OK, f"The demo lives at {env.url}, on this machine only.")
    if env.public_url is None:
        says = f"Links in mails lead to {env.url}, which works on this machine only."
        return Finding("address", Level.WARNING, says, "Set PASSAPAROLA_URL before customers get mail.")
    return Finding("address", Level.OK, f"Links in mails lead to {env.url}.")
