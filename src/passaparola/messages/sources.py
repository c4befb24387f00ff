"""Who said it: where a consent or a silence comes from, in the words of the office."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

NAMES = {
    "answer": _("the mail server’s answer"),
    "bounce mail": _("a mail that came back"),
    "import": _("a list from another program"),
    "one_click": _("the mail program’s button"),
    "page": _("their own page"),
    "word": _("their own word there"),
    "signup": _("signing up"),
}
_OF = {
    "provider": _("the provider: %(who)s"),
    "shop": _("the shop system: %(who)s"),
    "team": _("told to %(who)s"),
}


def named(source: str) -> str:
    """Return how the office calls it; what nobody knows is told as it was kept."""
    if source in NAMES:
        return gettext(NAMES[source])
    if source.startswith("signup "):
        return f"{gettext(NAMES['signup'])}: {source.removeprefix('signup ')}"
    kind, _sign, who = source.partition(":")
    return gettext(_OF[kind]) % {"who": who.strip()} if kind in _OF else source
