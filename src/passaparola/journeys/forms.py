"""What people type about a journey as a whole."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.known import known
from passaparola.journeys.rules.document import Definition
from passaparola.segments.words import event


def _events() -> list[tuple[str, str]]:
    return sorted(((key, event(key)) for key in known()["events"]), key=lambda pair: pair[1].lower())


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
    exits = forms.MultipleChoiceField(
        label=_("Ends early when"),
        choices=_events,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 7}),
    )
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

    def document(self, tree: Any, before: dict[str, Any]) -> dict[str, Any]:
        """Return the document with what was typed. What the form does not show stays as it is."""
        typed = self.cleaned_data
        trigger = {"on": typed["on"]} | ({"if": tree} if tree else {})
        again = (
            {"customer after": f"{typed['after_days'] or 90} days"}
            if typed["again"] == "after"
            else typed["again"]
        )
        document = before | {
            "name": typed["name"],
            "about": typed["about"],
            "trigger": trigger,
            "again": again,
        }
        with_conditions = [one for one in before.get("exits", []) if isinstance(one, dict) and one.get("if")]
        wide = any(
            isinstance(one, dict) and one.get("about") == "customer" for one in before.get("exits", [])
        )
        plain = {"on": typed["exits"]} | ({"about": "customer"} if wide else {})
        document["exits"] = [*([plain] if typed["exits"] else []), *with_conditions]
        goal = dict(before.get("goal") or {}) if isinstance(before.get("goal"), dict) else {}
        document["goal"] = (
            goal | {"on": typed["goal"], "within": f"{typed['goal_days'] or 60} days"}
            if typed["goal"]
            else None
        )
        document["hold_out"] = str(typed["hold_out"].normalize()) if typed["hold_out"] else None
        return {key: value for key, value in document.items() if value not in (None, "", [])}


def initial(definition: Definition) -> dict[str, Any]:
    """Return what the form shows of a journey that is there."""
    goal, again = definition.goal, definition.again
    return {
        "name": definition.name,
        "about": definition.about,
        "on": definition.trigger.kinds[0],
        "again": "after" if again.after else again.per,
        "after_days": again.after.days if again.after else None,
        "exits": [kind for leaving in definition.exits for kind in leaving.kinds],
        "goal": goal.on.kinds[0] if goal else "",
        "goal_days": goal.within.days if goal else None,
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
