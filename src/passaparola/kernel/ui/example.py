"""Invented figures for the page of all components."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from passaparola.kernel.ui.charts import Bar, Cohort, Series
from passaparola.kernel.ui.components import components
from passaparola.kernel.ui.example_form import ExampleForm
from passaparola.kernel.ui.shell import CustomerShell, Link, LinkGroup, OfficeShell

ON_TIME = [37, 39, 34, 54, 44, 47, 37, 35, 36, 34, 47, 52, 45, 61, 61, 38, 45, 54, 56, 50, 48]
LATE = [4, 5, 1, 8, 0, 4, 1, 1, 0, 1, 6, 7, 6, 3, 8, 2, 2, 2, 2, 2, 7]
CONTACTS = [9, 9, 2, 12, 5, 7, 6, 3, 4, 5, 12, 11, 11, 7, 11, 4, 5, 5, 3, 3, 9]
SPARKS = [
    [3, 6, 4, 5, 6, 4, 7, 4, 9, 8, 7, 9, 10],
    [4, 3, 3, 5, 6, 6, 7, 9, 7, 11, 9, 10, 9],
    [3, 2, 3, 3, 4, 3, 4, 7, 8, 9, 9, 7, 11],
    [2, 2, 4, 2, 4, 3, 4, 4, 6, 8, 7, 5, 9],
]
LOW = 90
RETURNS = [
    ("Jun", 716, [0.57, 0.20, 0.11, 0.08, 0.13, 0.12]),
    ("Jul", 753, [0.66, 0.20, 0.19, 0.13, 0.13]),
    ("Aug", 855, [0.62, 0.20, 0.12, 0.14]),
    ("Sep", 899, [0.63, 0.30, 0.14]),
    ("Oct", 1089, [0.60, 0.23]),
    ("Nov", 1049, [0.63]),
]


def office(now: datetime) -> dict[str, Any]:
    """The context of the office's page of components."""
    typed = {"name": "Bottega Luna", "email": "sara@", "colour": "#8a3b2c", "language": "it"}
    stars = zip((5, 4, 3, 2, 1), (218, 61, 18, 6, 9), strict=True)
    couriers = {"BRT": 96, "GLS": 94, "DHL": 93, "Poste": 86}
    return {
        "shell": _office_shell(),
        "components": components(),
        "now": now,
        "form": ExampleForm(typed),
        "sparks": SPARKS,
        "labels": [f"{day} Nov" for day in range(1, len(ON_TIME) + 1)],
        "series": [Series(_("On time"), ON_TIME), Series(_("Late"), LATE, "two")],
        "contacts": Series(_("Customer contacts"), CONTACTS, "three"),
        "couriers": [
            Bar(name, share, f"{share}%", "one" if share > LOW else "two") for name, share in couriers.items()
        ],
        "stars": [Bar(f"{star}★", count, str(count)) for star, count in stars],
        "cohorts": [Cohort(*row) for row in RETURNS],
        "times": [now - timedelta(minutes=12), now - timedelta(hours=30), now - timedelta(days=6)],
        "days": [now + timedelta(days=offset) for offset in (-1, 0, 1, 4, 200)],
    }


def customer(now: datetime) -> dict[str, Any]:
    """The context of the customers' page of components."""
    links = [
        Link(_("My order"), reverse("ui:style-customer"), is_current=True),
        Link(_("Returns"), "#returns"),
        Link(_("Help"), "#help"),
    ]
    shell = CustomerShell(
        shop_name="Bottega Luna",
        brand_css_url=reverse("ui:style-brand"),
        shop_url="#",
        links=links,
        footer_line="Bottega Luna, via Manfredi 4, 48018 Faenza",
        footer_links=[Link(_("Choose what we write to you about"), "#choose")],
    )
    form = ExampleForm({"name": "", "email": "giulia@", "reason": "broken"})
    return {"shell": shell, "now": now, "days": office(now)["days"], "form": form}


def _office_shell() -> OfficeShell:
    today = [
        Link(_("Today"), reverse("ui:style"), "layout-dashboard", is_current=True, key="t"),
        Link(_("Inbox"), "#", "inbox", 4, key="i"),
    ]
    care = [Link(_("Orders"), "#", "package", key="o"), Link(_("Reviews"), "#", "star", 3)]
    setup = [Link(_("Connectors"), "#", "plug"), Link(_("Settings"), "#", "settings", key="s")]
    groups = {_("Today"): today, _("Care"): care, _("Setup"): setup}
    return OfficeShell(
        "Bottega Luna",
        _("Handmade ceramics"),
        groups=[LinkGroup(label, links) for label, links in groups.items()],
        person_name="Sara Bianchi",
        person_role=_("Customer care"),
        sign_out_url="#",
    )
