"""Text messages over Twilio's Messages API."""

from passaparola.messages.channels.sms.channel import SmsChannel

kind = SmsChannel()
