"""What Bottega Luna tells about its things: the help every shop needs, and how to care for each of them."""

# ruff: noqa: ISC004 - a guide reads best as one text

from datetime import datetime, timedelta

from django.db import transaction

from passaparola.demo.world.goods import CARE
from passaparola.guides import actions as guides
from passaparola.guides.models import Guide, ProductSheet
from passaparola.products.models import Product
from passaparola.stores.models import Store

WARRANTY_MONTHS = 24
_TITLES = {
    "glazed": ("Smalto: i primi giorni e dopo", "Glaze: the first days and after"),
    "oven": ("In forno senza pensieri", "Into the oven without a worry"),
    "vase": ("Un pezzo cotto per te", "A piece fired for you"),
    "raw": ("Terra cruda, dentro e fuori", "Raw clay, indoors and out"),
}
_MORE = {
    "glazed": (
        "- Niente paglietta: graffia lo smalto\n- Lascia asciugare prima di impilare\n\n"
        "Garanzia fino al {{ warranty_until }}.",
        "- No steel wool: it scratches the glaze\n- Let pieces dry before you stack them\n\n"
        "Guaranteed until {{ warranty_until }}.",
    ),
    "oven": (
        "- Mai dal frigorifero al forno caldo\n- Un sottopentola di legno, quando esce",
        "- Never from the fridge into a hot oven\n- A wooden trivet when it comes out",
    ),
    "vase": (
        "- Un feltrino sotto protegge il mobile\n- Fiori freschi: gambi tagliati di sbieco",
        "- A felt pad underneath protects the furniture\n- Fresh flowers: cut the stems at an angle",
    ),
    "raw": (
        "- Sotto zero mettila al riparo\n- Un sottovaso salva il balcone",
        "- Bring it in when it freezes\n- A saucer saves the balcony",
    ),
}
_CARE_OF = {
    "Piatti": "glazed",
    "Tazze": "glazed",
    "Ciotole": "glazed",
    "Cucina": "oven",
    "Vasi": "vase",
    "Casa": "glazed",
    "Natale": "raw",
}
"""By category, so that a thing is found whichever of the three shop systems sold it."""
_ANSWERS = {
    "Piatti": (
        "Perché i miei piatti non sono identici?",
        "Why are my plates not identical?",
        "Sono torniti e smaltati a mano: due piatti uguali non li abbiamo mai fatti. Una differenza di qualche "
        "millimetro, o di mezzo tono, è la firma di chi li ha fatti.",
        "They are thrown and glazed by hand: we have never made two alike. A few millimetres or half a shade of "
        "difference are the signature of who made them.",
    ),
    "Vasi": (
        "Il vaso tiene l'acqua?",
        "Does the vase hold water?",
        "Sì: dentro è smaltato. Sul legno metti comunque un sottovaso, perché il fondo è lasciato grezzo.",
        "Yes: it is glazed inside. On wood put a coaster under it all the same, since the base is left raw.",
    ),
}


@transaction.atomic
def write_guides(store: Store, *, now: datetime) -> None:
    """Do it once, or not at all; a second time nothing is written twice."""
    guides.add_starters(store, is_published=True, now=now)
    if Guide.objects.of(store).filter(kind="care").exists():
        return
    for place, (category, care) in enumerate(_CARE_OF.items()):
        _write(_care(store, category, care, place), now)
    for place, (category, words) in enumerate(_ANSWERS.items()):
        title_it, title_en, text_it, text_en = words
        told = {"title_it": title_it, "title_en": title_en, "text_it": text_it, "text_en": text_en}
        _write(Guide(store=store, kind="answer", category=category, position=10 * place, **told), now)
    _write_sheets(store, now)


def _care(store: Store, category: str, care: str, place: int) -> Guide:
    (title_it, title_en), (note_it, note_en), (more_it, more_en) = _TITLES[care], CARE[care], _MORE[care]
    return Guide(
        store=store,
        kind="care",
        category=category,
        title_it=title_it,
        title_en=title_en,
        text_it=f"{note_it}\n\n{more_it}",
        text_en=f"{note_en}\n\n{more_en}",
        position=10 * place,
    )


def _write(guide: Guide, now: datetime) -> None:
    guide.published_at = now - timedelta(days=365)  # the letters of the year that is told knew of them
    guides.save(guide, now=now)


def _write_sheets(store: Store, now: datetime) -> None:
    """How long each is guaranteed, and what goes with it: the others of its kind."""
    every = list(Product.objects.filter(store=store).order_by("pk"))
    for product in every:
        others = [one for one in every if one.category == product.category and one.source == product.source]
        near = [one for one in others if one.pk != product.pk][:2]
        sheet = ProductSheet(product=product, warranty_months=WARRANTY_MONTHS)
        guides.save_sheet(sheet, related=near, now=now)
