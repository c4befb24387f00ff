"""How the events of erasing are told on a timeline."""

from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.sentences import Sentence

SENTENCES = {
    "ErasureAsked": Sentence(_("The customer asked to be forgotten"), "eraser", "warn"),
    "ErasureCancelled": Sentence(_("The customer took that back"), "undo-2"),
    "CustomerErased": Sentence(_("Everything about this person was erased"), "eraser", "info"),
}
