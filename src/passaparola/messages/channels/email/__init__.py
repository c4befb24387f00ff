"""E-mail over SMTP, as MAIL_URL says."""

from passaparola.messages.channels.email.channel import EmailChannel

kind = EmailChannel()
