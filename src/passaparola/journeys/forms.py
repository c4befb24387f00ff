"""What people type about a journey as a whole."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.known import known
from passaparola.journeys.rules.document import Definition
from passaparola.segments.rules import durations
from passaparola.segments.words import events_grouped

Document = dict[str, Any]


def _events() -> list[tuple[str, list[tuple[str, str]]]]:
    return events_grouped(known()["events"])


AGAIN = (
    ("order", _("once for each order")),
    ("event", _("each time it happens")),
    ("customer", _("once for each customer")),
    ("after", _("again after some days")),
)


class StartForm(forms.Form):
    """Who enters, how often, and how many are left alone. Goal and ways out: `listenform`."""

    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("What it is for"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.ChoiceField(label=_("Starts when"), choices=_events)
    again = forms.ChoiceField(label=_("How often for one person"), choices=AGAIN)
    after_days = forms.IntegerField(
        label=_("Days until the next time"), min_value=1, max_value=3650, required=False
    )
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
        document["hold_out"] = f"{typed['hold_out'].normalize():f}" if typed["hold_out"] else None
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


def _whole_days(length: timedelta) -> int:
    return max(1, length.days)


def initial(definition: Definition) -> dict[str, Any]:
    """Return what the form shows of a journey that is there."""
    again = definition.again
    return {
        "name": definition.name,
        "about": definition.about,
        "on": definition.trigger.kinds[0],
        "again": "after" if again.after else again.per,
        "after_days": _whole_days(again.after) if again.after else None,
        "hold_out": f"{definition.hold_out.normalize():f}" if definition.hold_out else None,
    }


class SourceForm(forms.Form):
    source = forms.CharField(
        label=_("The journey as text (YAML)"),
        widget=forms.Textarea(attrs={"rows": 28, "class": "mono", "spellcheck": "false"}),
        strip=False,
    )


class DoneForm(forms.Form):
    note = forms.CharField(label=_("How did it go?"), max_length=1000, required=False)
