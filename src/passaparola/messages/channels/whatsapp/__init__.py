"""WhatsApp over Meta's Cloud API."""

from passaparola.messages.channels.whatsapp.channel import WhatsAppChannel

kind = WhatsAppChannel()
