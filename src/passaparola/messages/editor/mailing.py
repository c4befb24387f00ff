"""A test of a template, to whoever pressed the button, and to nobody else."""

import logging
from datetime import datetime

from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from passaparola.messages.editor import trial
from passaparola.messages.editor.checks import compiled
from passaparola.messages.editor.desk import Desk
from passaparola.messages.rendering.texts import TemplateError
from passaparola.stores.guard import StaffRequest

log = logging.getLogger(__name__)


def send_test(request: StaffRequest, table: Desk, *, now: datetime) -> None:
    """Send it to the member's own address, and say on the next page what came of it."""
    customer = trial.chosen(request.store, request.POST.get("person", ""))
    try:
        template = compiled(table.kind.key, table.language, table.document, request.store)
        mail = template.render(trial.data_for(request.store, table.kind, table.language, customer, now))
        letter = EmailMultiAlternatives(f"[Test] {mail.subject}", mail.text, None, [request.member.email])
        letter.attach_alternative(mail.html, "text/html")
        letter.send()
    except TemplateError as error:
        messages.error(request, _("No test was sent: %(words)s") % {"words": error})
    except OSError:
        log.exception("A test of a template could not be sent: the mail server does not take it.")
        messages.error(request, _("No test was sent: the mail server does not take it."))
    else:
        messages.success(request, _("Sent to %(address)s.") % {"address": request.member.email})
