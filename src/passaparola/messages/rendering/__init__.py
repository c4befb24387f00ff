"""From texts and data to what is sent: blocks, Liquid, MJML, and the bytes of a mail."""

from passaparola.messages.rendering.template import Rendered, Template, template_for

__all__ = ["Rendered", "Template", "template_for"]
