"""What people type about a journey as a whole."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.known import known
from passaparola.journeys.rules.document import Definition
from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import EVERYBODY
from passaparola.segments.words import events_grouped

Document = dict[str, Any]
NEVER_ITS_OWN = frozenset({"OrderPlaced"})
"""Events that can't happen to the order of a journey that goes on already."""


def _events() -> list[tuple[str, list[tuple[str, str]]]]:
    return events_grouped(known()["events"])


AGAIN = (
    ("order", _("once for each order")),
    ("event", _("each time it happens")),
    ("customer", _("once for each customer")),
    ("after", _("again after some days")),
)


class StartForm(forms.Form):
    """Who enters, what it is for, when it ends early."""

    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("What it is for"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.ChoiceField(label=_("Starts when"), choices=_events)
    again = forms.ChoiceField(label=_("How often for one person"), choices=AGAIN)
    after_days = forms.IntegerField(
        label=_("Days until the next time"), min_value=1, max_value=3650, required=False
    )
    exits = forms.MultipleChoiceField(label=_("Ends early when"), choices=_events, required=False)
    goal = forms.ChoiceField(
        label=_("Goal"), choices=lambda: [("", str(_("no goal"))), *_events()], required=False
    )
    goal_days = forms.IntegerField(label=_("Days to reach it"), min_value=1, max_value=365, required=False)
    hold_out = forms.DecimalField(
        label=_("Left alone, in per cent"),
        min_value=Decimal(0),
        max_value=Decimal(50),
        required=False,
        help_text=_("This share of customers is left alone, at random, to see what the journey is worth."),
    )

    def entry(self, tree: Any, before: Document) -> Document:
        """Return the document with who enters as it was typed so far, whatever else is missing still."""
        typed = self.cleaned_data
        trigger = {"on": _kept_kinds(before.get("trigger"), typed.get("on", "OrderDelivered"))}
        trigger |= {"if": tree} if tree else {}
        again = typed.get("again", "order")
        if again == "after":
            again = _kept_again(before.get("again"), typed.get("after_days") or 90)
        return before | {"name": typed.get("name") or "…", "trigger": trigger, "again": again}

    def document(self, tree: Any, before: Document) -> Document:
        """Return the document with what was typed. What the form does not show stays as it is."""
        typed = self.cleaned_data
        document = self.entry(tree, before) | {"name": typed["name"], "about": typed["about"]}
        document["exits"] = _exits(typed["exits"], before)
        document["goal"] = _goal(typed["goal"], typed["goal_days"] or 60, before) if typed["goal"] else None
        document["hold_out"] = str(typed["hold_out"].normalize()) if typed["hold_out"] else None
        return {key: value for key, value in document.items() if value not in (None, "", [])}


def _kinds(listening: object) -> list[str]:
    """Return the events that a part of a document names, however it is written."""
    named = listening.get("on", ()) if isinstance(listening, dict) else listening
    return list(named) if isinstance(named, list | tuple) else [str(named)]


def _kept_kinds(before: object, typed: str) -> list[str] | str:
    """The form shows one event; where there were several, and the first of them stayed, so do the others."""
    kinds = _kinds(before) if before else []
    return kinds if len(kinds) > 1 and kinds[0] == typed else typed


def _kept_again(before: object, days: int) -> Document:
    length = before.get("customer after") if isinstance(before, dict) else None
    known = durations.parse(length) if length else None
    return {"customer after": length if known and _whole_days(known) == days else f"{days} days"}


def _goal(kind: str, days: int, before: Document) -> Document:
    goal = before.get("goal")
    kept = dict(goal) if isinstance(goal, dict) else {}
    known = durations.parse(kept["within"]) if kept.get("within") else None
    within = kept["within"] if known and _whole_days(known) == days else f"{days} days"
    return kept | {"on": _kept_kinds(goal, kind), "within": within}


def _exits(ticked: Sequence[str], before: Document) -> list[Document]:
    """What was ticked, about the order or the customer as it was before; exits with a condition stay untouched.

    A new order is never the journey's own: ticked anew, it is about the customer.
    """
    plain = [one for one in before.get("exits", []) if not _has_condition(one)]
    of_customer = {kind for one in plain if _is_of_customer(one) for kind in _kinds(one)}
    of_order = {kind for one in plain if not _is_of_customer(one) for kind in _kinds(one)}
    wide = [
        kind for kind in ticked if kind in of_customer or (kind in NEVER_ITS_OWN and kind not in of_order)
    ]
    narrow = [kind for kind in ticked if kind not in wide]
    return [
        *([{"on": narrow}] if narrow else []),
        *([{"on": wide, "about": "customer"}] if wide else []),
        *(one for one in before.get("exits", []) if _has_condition(one)),
    ]


def _has_condition(leaving: object) -> bool:
    return isinstance(leaving, dict) and bool(leaving.get("if"))


def _is_of_customer(leaving: object) -> bool:
    return isinstance(leaving, dict) and leaving.get("about") == "customer"


def _whole_days(length: timedelta) -> int:
    return max(1, length.days)


def initial(definition: Definition) -> dict[str, Any]:
    """Return what the form shows of a journey that is there."""
    goal, again = definition.goal, definition.again
    plain = [leaving for leaving in definition.exits if leaving.condition == EVERYBODY]
    return {
        "name": definition.name,
        "about": definition.about,
        "on": definition.trigger.kinds[0],
        "again": "after" if again.after else again.per,
        "after_days": _whole_days(again.after) if again.after else None,
        "exits": [kind for leaving in plain for kind in leaving.kinds],
        "goal": goal.on.kinds[0] if goal else "",
        "goal_days": _whole_days(goal.within) if goal else None,
        "hold_out": definition.hold_out.normalize() if definition.hold_out else None,
    }


class SourceForm(forms.Form):
    source = forms.CharField(
        label=_("The journey as text (YAML)"),
        widget=forms.Textarea(attrs={"rows": 28, "class": "mono", "spellcheck": "false"}),
        strip=False,
    )


class DoneForm(forms.Form):
    note = forms.CharField(label=_("How did it go?"), max_length=1000, required=False)
