"""The few mails the team itself gets. They are asked for by hand, so they are sent at once and not kept."""

import logging
from collections.abc import Callable
from threading import Thread

from django.core.mail import send_mail
from django.db import connections
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from passaparola.stores.actions import LINK_HOURS, make_sign_in_link
from passaparola.stores.models import Member

log = logging.getLogger(__name__)


def soon(send: Callable[[str], None], email: str) -> None:
    """Send in a thread of its own: nobody waits for the mail server, and the answer's time tells nothing."""

    def run() -> None:
        try:
            send(email)
        finally:
            connections.close_all()  # connections belong to a thread and would outlive it

    Thread(target=run, daemon=True).start()


def send_sign_in_link(email: str) -> None:
    """Write to this address if it is a member's."""
    member = Member.objects.filter(email=email, is_active=True).first()
    try:
        if member:
            _write(member)
    except OSError:
        log.exception("The sign-in link could not be sent: the mail server does not take it.")


def _write(member: Member) -> None:
    link = make_sign_in_link(member, now=timezone.now())
    with translation.override(member.language):
        subject = _("Your link to Passaparola")
        words = _(
            "Hello %(name)s,\n\nopen this link and press the button to sign in. It works once, for"
            " %(minutes)d minutes:\n\n%(link)s\n\n"
            "If you didn't ask for it, nothing happens: just delete this mail.\n"
        ) % {"name": member.get_short_name(), "minutes": LINK_HOURS * 60, "link": link}
    send_mail(subject, words, None, [member.email])
