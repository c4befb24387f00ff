"""Notices in the browser: Web Push (RFC 8030, 8291, 8292)."""

from passaparola.messages.channels.web_push.channel import WebPushChannel

kind = WebPushChannel()
