"""How the events of customers are told on a timeline."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.sentences import Sentence


def _consent(data: Mapping[str, Any], currency: str) -> str:
    del currency
    answer = gettext("yes") if data.get("is_given") else gettext("no")
    return f"{str(data.get('channel', '')).upper()}: {answer}"


SENTENCES = {
    "ConsentTold": Sentence(
        _("What the customer said to the shop about messages"), "message-circle", "", _consent
    ),
    "ErasureAsked": Sentence(_("The customer asked to be forgotten"), "eraser", "warn"),
    "ErasureCancelled": Sentence(_("The customer took that back"), "undo-2"),
    "CustomerErased": Sentence(_("Everything about this person was erased"), "eraser", "info"),
}
