"""What Bottega Luna writes itself: a newsletter, a Christmas card, the campaigns they go out with, and to whom."""

from datetime import datetime, time, timedelta
from typing import Any

from passaparola.campaigns import actions as campaigns
from passaparola.campaigns.models import Campaign
from passaparola.messages.actions import templates
from passaparola.messages.models import Template
from passaparola.segments import actions as segments
from passaparola.segments.rules import condition
from passaparola.stores.models import Member, Store

NAME = "{% if customer.first_name %}{{ customer.first_name }}, "
NEWSLETTER: dict[str, Any] = {
    "it": {
        "subject": NAME + "il{% else %}Il{% endif %} forno grande è acceso",
        "preview": "Tre pezzi nuovi, e come nasce uno smalto.",
        "short": "il forno grande è acceso: tre pezzi nuovi, e come nasce uno smalto.",
        "blocks": [
            {"type": "heading", "text": "Il forno grande è acceso"},
            {
                "type": "paragraph",
                "text": "{% if customer.first_name %}Ciao {{ customer.first_name }},\n{% endif %}"
                "questa settimana è uscita dal forno la prima infornata d’inverno: piatti color nebbia, tazze "
                "color salvia e una ciotola che non aveva ancora un nome. <b>Adesso si chiama Bruma.</b>",
            },
            {"type": "button", "text": "Vieni a vederla", "url": "{{ store.url }}"},
            {"type": "divider"},
            {
                "type": "paragraph",
                "text": "Lo smalto nasce da cenere di ulivo, sabbia del Lamone e molta pazienza: dodici ore a salire, "
                "ventiquattro a scendere. Per questo due pezzi uguali non li abbiamo mai fatti.",
            },
            {"type": "note", "text": "Se passi da Faenza, la porta è aperta."},
        ],
    },
    "en": {
        "subject": NAME + "the{% else %}The{% endif %} big kiln is on",
        "preview": "Three new pieces, and how a glaze is born.",
        "short": "the big kiln is on: three new pieces, and how a glaze is born.",
        "blocks": [
            {"type": "heading", "text": "The big kiln is on"},
            {
                "type": "paragraph",
                "text": "{% if customer.first_name %}Hello {{ customer.first_name }},\n{% endif %}"
                "this week the first winter firing came out: plates the colour of fog, "
                "cups the colour of sage, and a bowl that had no name yet. <b>Now it is called Bruma.</b>",
            },
            {"type": "button", "text": "Come and see it", "url": "{{ store.url }}"},
            {"type": "divider"},
            {
                "type": "paragraph",
                "text": "The glaze is made of olive ash, sand from the Lamone and much patience: twelve hours up, "
                "twenty-four down. That is why we have never made two pieces alike.",
            },
            {"type": "note", "text": "If you pass through Faenza, the door is open."},
        ],
    },
}
CARD: dict[str, Any] = {
    "it": {
        "subject": "Buone feste dalla bottega",
        "preview": "Niente da comprare: solo un augurio.",
        "short": "buone feste dalla bottega. Niente da comprare, solo un augurio.",
        "blocks": [
            {
                "type": "heading",
                "text": "Buone feste{% if customer.first_name %}, {{ customer.first_name }}{% endif %}",
            },
            {"type": "paragraph", "text": "Grazie di avere in casa qualcosa fatto dalle nostre mani."},
            {"type": "note", "text": "A presto,"},
        ],
    },
    "en": {
        "subject": "Season’s greetings from the workshop",
        "preview": "Nothing to buy: just a wish.",
        "short": "happy holidays from the workshop. Nothing to buy, just a wish.",
        "blocks": [
            {
                "type": "heading",
                "text": "Happy holidays{% if customer.first_name %}, {{ customer.first_name }}{% endif %}",
            },
            {"type": "paragraph", "text": "Thank you for having something made by our hands in your home."},
            {"type": "note", "text": "See you soon,"},
        ],
    },
}

SEGMENTS: dict[str, dict[str, Any]] = {
    "Amici della bottega": {
        "all": [
            {"field": "customer.orders", "is": "at_least", "value": 3},
            {"field": "customer.last_order", "is": "in_last", "value": "1 year"},
        ]
    },
    "Un ordine solo, mesi fa": {
        "all": [
            {"field": "customer.orders", "is": "is", "value": 1},
            {"field": "customer.last_order", "is": "longer_ago_than", "value": "120 days"},
        ]
    },
    "Hanno speso più di 200 €, e vogliono le novità": {
        "all": [
            {"field": "customer.spent", "is": "more_than", "value": 200},
            {"field": "customer.takes_news", "is": "is", "value": True},
        ]
    },
}


def write_letters(store: Store, *, by: Member, now: datetime) -> None:
    """Write the letters and plan two campaigns for the same week. Doing it again changes nothing."""
    if Template.objects.filter(store=store).exists():
        return
    for name, tree in SEGMENTS.items():
        segments.save(store, name=name, condition=condition.parse(tree), by=by, now=now)
    news = _letter(store, "Il forno grande", "newsletter", NEWSLETTER, by=by, now=now)
    card = _letter(store, "Auguri di fine anno", "card", CARD, by=by, now=now)
    morning = datetime.combine(now.astimezone(store.zone).date() + timedelta(days=3), time(10), store.zone)
    _plan(
        store, "Il forno grande", news, morning, by=by, now=now, hold_out=10, trial=20,
        other_subject={"it": "Dodici ore a salire, ventiquattro a scendere", "en": "Twelve hours up, twenty-four down"},
    )  # fmt: skip
    _plan(store, "Auguri", card, morning + timedelta(days=3), by=by, now=now)


def _letter(
    store: Store, name: str, kind: str, texts: dict[str, Any], *, by: Member, now: datetime
) -> Template:
    template = templates.write(store, name=name, kind=kind, by=by, now=now)
    templates.publish(templates.save_draft(template, texts=texts, by=by, now=now), now=now)
    return template


def _plan(
    store: Store, name: str, letter: Template, at: datetime, *, by: Member, now: datetime, **more: Any
) -> None:
    campaign = Campaign.objects.create(
        store=store, name=name, template=letter, starts_at=at, made_by=by, made_at=now, **more
    )
    campaigns.schedule(campaign, now=now)
