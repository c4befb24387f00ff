"""What is said to customers, what they allowed us to say, and where we must stay silent."""

from passaparola.messages.models.consent import Consent
from passaparola.messages.models.message import WAITING, Message, MessageQuerySet
from passaparola.messages.models.policy import SpeakingPolicy
from passaparola.messages.models.preference import Preference
from passaparola.messages.models.reach import EarlyWord, Price, Reach
from passaparola.messages.models.signup import SignUp
from passaparola.messages.models.suppression import Suppression, SuppressionReason
from passaparola.messages.models.template import Template, TemplatePicture, TemplateVersion

__all__ = [
    "WAITING",
    "Consent",
    "EarlyWord",
    "Message",
    "MessageQuerySet",
    "Preference",
    "Price",
    "Reach",
    "SignUp",
    "SpeakingPolicy",
    "Suppression",
    "SuppressionReason",
    "Template",
    "TemplatePicture",
    "TemplateVersion",
]
