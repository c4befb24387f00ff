"""EasyPost: webhooks about trackers of a hundred carriers."""

from passaparola.tracking.carriers.easypost.carrier import EasyPost

kind = EasyPost()
