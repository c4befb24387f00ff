"""Bottega Luna as an installation knows it: the store, its team, its products' care notes, its connections."""

from datetime import datetime, time
from pathlib import Path
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace

from passaparola.demo.payloads.telling import CONNECTIONS
from passaparola.demo.world import pictures
from passaparola.demo.world.goods import CARE, PRODUCTS
from passaparola.inbound import actions as inbound
from passaparola.inbound.handlers import ROLES
from passaparola.inbound.models import Connection
from passaparola.orders.models import Line
from passaparola.products.models import Product
from passaparola.stores import actions as stores
from passaparola.stores.models import Member, Role, Store

SLUG = "bottega-luna"
OWNER = "chiara@bottegaluna.example"
AGENT = "sara@bottegaluna.example"
_FOLDER = "demo"


def find() -> Store | None:
    return Store.objects.filter(slug=SLUG).first()


@transaction.atomic
def open_shop(*, now: datetime) -> Store:
    """Return the shop, opened with its team and connections where it is not there yet."""
    store = find()
    if store is not None:
        return store
    store = stores.open_store(
        "Bottega Luna",
        url="https://bottegaluna.example",
        language="it",
        owner_email=OWNER,
        owner_name="Chiara Luna",
        now=now,
        tagline="Ceramiche fatte a mano",
        email="ciao@bottegaluna.example",
        phone="+39 0546 555 010",
        postal_address="via Manfredi 4, 48018 Faenza (RA)",
        city="Faenza",
        signature="Sara",
        brand_colour="#8c3b2e",
        brand_tint="#fbf3ee",
        brand_heading_face="serif",
        welcome_coupon="BENVENUTO10",
    )
    # Whoever looks at the demo late in the evening wants to see its mails, too.
    Store.objects.filter(pk=store.pk).update(quiet_from=time(0), quiet_until=time(0))
    stores.invite(store, email=AGENT, name="Sara Bianchi", role=Role.AGENT)
    Member.objects.filter(email=OWNER).update(language="en")
    for role, kind in CONNECTIONS:
        made = ROLES[role].kinds[kind].new_secret()
        inbound.connect(store, role=role, kind=kind, secret=made or token_urlsafe(24))
    return store


def connections(store: Store) -> dict[tuple[str, str], Connection]:
    """Return the open connections of the shop by (role, kind)."""
    return {
        (c.role, c.kind): c for c in Connection.objects.filter(store=store, closed_at=None).order_by("-pk")
    }


def write_care_notes(store: Store) -> None:
    for product in PRODUCTS:
        italian, english = CARE[product.care]
        Product.objects.filter(store=store, title=product.title).update(care_it=italian, care_en=english)


def draw_pictures(static: Path) -> None:
    """Draw every product into the folder that the web server serves."""
    folder = static / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures.everything(PRODUCTS).items():
        file = folder / name
        if not file.exists() or file.read_text() != svg:
            file.write_text(svg)


def pictures_at(url: str) -> str:
    """Where the pictures are, for a web server at this address."""
    return f"{url}/static/{_FOLDER}/"


def move_pictures(store: Store, base: str) -> None:
    """Have the pictures' addresses follow the demo to another port."""
    for rows in (Product.objects.filter(store=store), Line.objects.filter(order__store=store)):
        old = (
            rows.exclude(image_url="").exclude(image_url__startswith=base).values_list("image_url", flat=True)
        )
        before = next(iter(old[:1]), "").rpartition("/")[0]
        if before:
            rows.filter(image_url__startswith=f"{before}/").update(
                image_url=Replace(F("image_url"), Value(f"{before}/"), Value(base))
            )
