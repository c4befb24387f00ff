"""How the events of sending are told."""

from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.sentences import Sentence, register

register(
    {
        "SendingPaused": Sentence(_("Sending paused itself: too much came back"), "octagon-alert", "bad"),
        "SendingResumed": Sentence(_("Sending goes on"), "send", "good"),
    }
)
