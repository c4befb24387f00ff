"""Double opt-in: whoever types an address gets a letter there, and only a yes from there counts.

Anybody can type anybody's address: until the answer nothing is known of it but that it was typed.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from passaparola.customers import actions as customers
from passaparola.customers.facts import CustomerFacts
from passaparola.kernel import signing
from passaparola.messages.actions.ask import Wanted, ask
from passaparola.messages.models import Consent, SignUp, Suppression, SuppressionReason
from passaparola.messages.rules.values import Purpose
from passaparola.stores.hosts import base_url
from passaparola.stores.models import Store

PURPOSE = "mail signup"
LASTS = timedelta(days=14)
GIVEN = (Purpose.OFFER, Purpose.NEWS)


@transaction.atomic
def sign_up(store: Store, *, email: str, language: str, wording: str, page: str, now: datetime) -> SignUp:
    """Keep the wish and send the letter that asks whether it was them. The address has been checked before."""
    row = SignUp.objects.create(
        store=store, email=email, language=language, wording=wording, page=page[:300], asked_at=now
    )
    wanted = Wanted(
        store_id=store.pk,
        key=f"signup:{row.pk}",
        kind="confirm_signup",
        to_address=email,
        language=language,
        data={"url": confirm_link(row.pk, now=now, host=store.host)},
    )
    ask([wanted], now=now)
    return row


@transaction.atomic
def confirm_sign_up(signup: SignUp, *, now: datetime) -> None:
    """Take the yes: with the words it was given to, where they stood, and when. Saying it twice changes nothing."""
    row = SignUp.objects.select_for_update().get(pk=signup.pk)
    if row.confirmed_at:
        return
    facts = CustomerFacts(email=row.email, language=row.language, updated_at=now)
    told = customers.Told(store_id=row.store_id, source="signup", facts=facts, at=now)
    (person,) = customers.record([told], now=now)
    SignUp.objects.filter(pk=row.pk).update(confirmed_at=now, customer=person.customer_id)
    Consent.objects.bulk_create(
        Consent(
            customer_id=person.customer_id,
            channel="email",
            purpose=purpose.value,
            is_given=True,
            wording=row.wording,
            source=f"signup {row.page}".strip()[:120],
            said_at=now,
        )
        for purpose in GIVEN
    )
    # Who asks anew, from the address itself, has taken an earlier no back.
    Suppression.objects.filter(
        store=row.store_id,
        channel="email",
        address=row.email,
        reason=SuppressionReason.UNSUBSCRIBED,
        lifted_at=None,
    ).update(lifted_at=now, lifted_because="signup")


def confirm_link(signup: int, *, now: datetime, host: str | None = None) -> str:
    token = signing.sign(PURPOSE, signup, expires=date(now.year, now.month, now.day) + LASTS)
    return f"{base_url(host)}/u/confirm/{token}/"


def read_confirm(token: str, *, now: datetime) -> int | None:
    """Return the sign-up a link names, or None where it is forged, for something else, or too old."""
    return signing.read(PURPOSE, token, now=now)
