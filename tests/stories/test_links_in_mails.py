"""Whoever opens the links of a mail before its reader does, a scanner or a preview, changes nothing by it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from passaparola.account.actions import ask_follower
from passaparola.account.actions.forgetting import erasure_path
from passaparola.account.links import follow_path
from passaparola.account.tests import orders
from passaparola.customers.actions import ask_erasure
from passaparola.customers.models import Contact, Identity
from passaparola.messages.channel import Letter
from passaparola.messages.channels.email import mail
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message, SignUp
from passaparola.orders.links import order_path
from passaparola.returns import actions as returns
from tests.pages import everything_kept

NOW = datetime.now(UTC)
EXAMPLE = re.compile(r"https://[a-z.]+\.example(/(?:o|s|f|u)/[^\s\"<]*)")
