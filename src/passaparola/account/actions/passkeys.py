"""Passkeys: a device is asked, answers once, and is believed where question, shop, site and count agree."""

import secrets
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from passaparola.account import webauthn
from passaparola.account.actions.errors import NotPossibleError, TooManyTriesError
from passaparola.account.actions.sessions import open_session
from passaparola.account.events import PasskeyAdded, PasskeyRemoved
from passaparola.account.models import AccountSession, Passkey, PasskeyQuestion
from passaparola.account.rules import passkeys as rules
from passaparola.account.rules.ways_in import WINDOW
from passaparola.account.webauthn import NoPasskeyError, Site
from passaparola.kernel.events import Event, emit
from passaparola.kernel.limits import may_try
from passaparola.stores.models import Store

_CHALLENGE_BYTES = 32


def ask_to_add(session: AccountSession, *, site: Site, now: datetime) -> dict[str, Any]:
    """Return what the browser needs to make a passkey for whoever is signed in."""
    theirs = list(Passkey.objects.filter(customer=session.customer_id))
    if len(theirs) >= rules.MOST_PASSKEYS:
        raise NotPossibleError(_("You have twenty passkeys. Remove one that you no longer use first."))
    known = [webauthn.id_of(bytes(one.credential)) for one in theirs]
    name = session.customer.name.strip() or session.address
    return webauthn.to_add(
        site,
        challenge=_question(session.store_id, session=session, now=now),
        handle=handle_of(session.store_id, session.customer_id),
        names=(session.address, name),
        known=known,
    )


def ask_to_sign_in(store: Store, *, site: Site, source: str, now: datetime) -> dict[str, Any]:
    """Return what the browser needs to ask for a passkey. Raises TooManyTriesError past the limit."""
    if not may_try("passkey question to", source, most=rules.QUESTIONS_PER_SOURCE, per=WINDOW, now=now):
        raise TooManyTriesError
    return webauthn.to_sign_in(site, challenge=_question(store.pk, session=None, now=now))


def _question(store: int, *, session: AccountSession | None, now: datetime) -> bytes:
    PasskeyQuestion.objects.filter(expires_at__lt=now).delete()
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    PasskeyQuestion.objects.create(
        store_id=store,
        session=session,
        digest=sha256(challenge).hexdigest(),
        expires_at=now + rules.CHALLENGE_LASTS,
    )
    return challenge


def _is_ours(challenge: bytes, store: int, *, session: AccountSession | None, now: datetime) -> bool:
    """Tell whether we asked this, here, lately; the question is gone afterwards. Of two at once one gets it."""
    asked = PasskeyQuestion.objects.filter(digest=sha256(challenge).hexdigest(), expires_at__gt=now)
    return bool(asked.filter(store=store, session=session).delete()[0])


def handle_of(store: int, customer: int) -> bytes:
    """Return the number under which a device keeps somebody: it tells nobody who they are."""
    key = blake2b(b"passkey handle", key=settings.SECRET_KEY.encode()[:64]).digest()
    return blake2b(f"{store}|{customer}".encode(), key=key, digest_size=32).digest()


@transaction.atomic
def add_passkey(session: AccountSession, *, said: str, name: str, site: Site, now: datetime) -> Passkey:
    """Keep a passkey that a device of theirs has made. Raises NotPossibleError where it is none, or not for us."""
    refused = NotPossibleError(_("This did not work, so no passkey was added. Try once more."))
    try:
        challenge, made = webauthn.made_with(site, said=said)
    except NoPasskeyError:
        raise refused from None
    if not _is_ours(challenge, session.store_id, session=session, now=now):
        raise refused
    kept, is_new = Passkey.objects.get_or_create(
        credential_digest=Passkey.digest_of(made.credential_id),
        defaults={
            "store": session.store,
            "customer": session.customer,
            "kind": session.kind,
            "address": session.address,
            "credential": made.credential,
            "count": made.count,
            "name": name.strip()[: rules.LONGEST_NAME] or _("Passkey"),
            "made_at": now,
        },
    )
    if not is_new:
        raise refused
    emit([_event(PasskeyAdded, kept, now)], now=now)
    return kept


def rename_passkey(passkey: Passkey, *, name: str) -> None:
    if wanted := name.strip()[: rules.LONGEST_NAME]:
        Passkey.objects.filter(pk=passkey.pk).update(name=wanted)


@transaction.atomic
def remove_passkey(passkey: Passkey, *, now: datetime) -> None:
    """From now on it lets nobody in; the device keeps showing it until it is deleted there as well."""
    told = _event(PasskeyRemoved, passkey, now)
    if Passkey.objects.filter(pk=passkey.pk).delete()[0]:
        emit([told], now=now)


def sign_in_with_passkey(
    store: Store, *, said: str, site: Site, browser: str, source: str, now: datetime
) -> str:
    """Open a session for whoever's passkey this is, and return its token.

    Raises NotPossibleError with what to do instead, TooManyTriesError for a source that tries too often.
    """
    if not may_try("passkey try from", source, most=rules.TRIES_PER_SOURCE, per=WINDOW, now=now):
        raise TooManyTriesError
    try:
        answer = webauthn.read(said=said)
    except NoPasskeyError:
        raise _refused() from None
    # In a transaction of its own: an answer that turns out wrong has used its question up all the same.
    if not _is_ours(answer.challenge, store.pk, session=None, now=now):
        raise _refused()
    return _let_in(store, answer, site=site, browser=browser, now=now)


@transaction.atomic
def _let_in(store: Store, answer: webauthn.Answer, *, site: Site, browser: str, now: datetime) -> str:
    usable = Passkey.objects.select_for_update(of=("self",)).filter(store=store, customer__erased_at=None)
    usable = usable.filter(Q(customer__merged_into=None) | Q(customer__merged_into__erased_at=None))
    found = usable.filter(credential_digest=Passkey.digest_of(answer.credential_id)).first()
    if found is None:
        raise NotPossibleError(
            _("We don’t know this passkey here. Sign in with a code; you can add it anew.")
        )
    if answer.handle and answer.handle != handle_of(store.pk, found.customer_id):
        raise _refused()
    try:
        webauthn.prove(site, answer, credential=bytes(found.credential))
    except NoPasskeyError:
        raise _refused() from None
    if rules.is_copied(kept=found.count, told=answer.count):
        raise NotPossibleError(
            _("This passkey seems to have been copied. Sign in with a code, remove it and add a new one.")
        )
    Passkey.objects.filter(pk=found.pk).update(count=answer.count, used_at=now)
    return open_session(
        store.pk,
        customer=found.customer_id,
        kind=found.kind,
        address=found.address,
        browser=browser,
        now=now,
    )


def _refused() -> NotPossibleError:
    return NotPossibleError(_("This did not work. Try once more, or sign in with a code."))


def _event(kind: type[Event], passkey: Passkey, now: datetime) -> Event:
    return kind(
        store_id=passkey.store_id,
        happened_at=now,
        key=f"passkey:{passkey.pk}:{kind.__name__}",
        customer_id=passkey.customer_id,
        subject_id=passkey.pk,
    )
