"""Where the team finds the outbox and the policy, and what stands on others' pages."""

from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.menu import Entry
from passaparola.kernel.ui.panels import Panel
from passaparola.messages import said
from passaparola.messages.waiting import pause_of, whys

PLACES = (
    Entry(
        group="communicate",
        address="messages:outbox",
        label=_("Outbox"),
        icon="hourglass",
        key="x",
        rank=50,
    ),
    Entry(
        group="communicate",
        address="messages:policy",
        label=_("Policy"),
        icon="scale",
        key="y",
        rank=60,
        is_for_owners=True,
    ),
)
PANELS = (
    Panel(place="customer", template="messages/why.html", load=whys, column="main", rank=60),
    Panel(place="case", template="messages/said.html", load=said.of_case, rank=20),
    Panel(place="today", template="messages/paused.html", load=pause_of, column="main", rank=10),
)
