"""What is said to customers, what they allowed us to say, and where we must stay silent."""

from passaparola.messages.models.consent import Consent
from passaparola.messages.models.message import WAITING, Message, MessageQuerySet
from passaparola.messages.models.suppression import Suppression, SuppressionReason

__all__ = ["WAITING", "Consent", "Message", "MessageQuerySet", "Suppression", "SuppressionReason"]
