"""Telegram over its Bot API."""

from passaparola.messages.channels.telegram.channel import TelegramChannel

kind = TelegramChannel()
