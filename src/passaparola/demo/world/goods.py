"""What the bottega makes."""

# ruff: noqa: ISC004 - a table reads best with one product a row, a care note as one text

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Glaze:
    key: str
    italian: str
    english: str
    colour: str
    ground: str
    """Behind it in the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    id: int
    key: str
    title: str
    """A proper name: the same in every language."""
    italian: str
    """What it is."""
    english: str
    category: str
    shape: str
    price: Decimal
    grams: int
    glazes: tuple[str, ...]
    firing_days: int = 0
    """Working days: 0 stands on the shelf, more is fired to order and travels later."""
    popularity: int = 10
    care: str = "glazed"

    def name(self, language: str) -> str:
        return f"{self.title}, {self.italian if language == 'it' else self.english}"


GLAZES: dict[str, Glaze] = {
    glaze.key: glaze
    for glaze in (
        Glaze(key="latte", italian="latte", english="milk", colour="#fdf8ee", ground="#e6dccf"),
        Glaze(key="salvia", italian="salvia", english="sage", colour="#8fa98a", ground="#dce4d7"),
        Glaze(key="terra", italian="terracotta", english="terracotta", colour="#b5654a", ground="#f0ddd2"),
        Glaze(key="notte", italian="blu notte", english="night blue", colour="#2f4568", ground="#d9dfe8"),
        Glaze(key="ambra", italian="ambra", english="amber", colour="#d09a45", ground="#f3e7d0"),
    )
}

CARE: dict[str, tuple[str, str]] = {
    "glazed": (
        "Lavalo a mano la prima volta: lo smalto si assesta nella prima settimana.\n\n"
        "Poi va bene anche la lavastoviglie, con un programma delicato. Non metterlo sulla fiamma.",
        "Wash it by hand the first time: the glaze settles in the first week.\n\n"
        "After that a gentle dishwasher cycle is fine. Never put it over a flame.",
    ),
    "oven": (
        "Può andare in forno fino a 200 °C: mettilo dentro a forno freddo e lascialo scaldare con lui.\n\n"
        "Per lo sporco ostinato bastano acqua calda e bicarbonato, per una notte.",
        "It may go into the oven up to 200 °C: put it in cold and let both warm up together.\n\n"
        "For stubborn stains leave warm water and baking soda in it overnight.",
    ),
    "vase": (
        "È cotto apposta per te, quindi ogni pezzo ha le sue piccole differenze.\n\n"
        "Cambia l'acqua ogni due giorni e asciuga il fondo prima di appoggiarlo sul legno.",
        "It is fired for you, so every piece has its own small differences.\n\n"
        "Change the water every two days and dry the base before you stand it on wood.",
    ),
    "raw": (
        "La terra cruda respira: passala con un panno umido, senza sapone.\n\n"
        "Una macchia chiara dopo la prima pioggia è calcare: va via con poco aceto.",
        "Raw clay breathes: wipe it with a damp cloth, without soap.\n\n"
        "A pale stain after the first rain is lime: a little vinegar takes it off.",
    ),
}
"""Notes in Italian and in English."""

_TABLE = ("latte", "salvia", "terra", "notte")
_TWO = ("latte", "salvia")
_POTS = ("terra", "latte")

_ROWS: tuple[tuple[str, str, str, str, str, str, int, tuple[str, ...], int, int, str], ...] = (
    ("Piatto Luna", "gres smaltato", "glazed stoneware", "Piatti", "plate", "23", 720, _TABLE, 0, 40, "glazed"),
    ("Piatto Fondo Luna", "gres smaltato", "glazed stoneware", "Piatti", "bowl", "25", 780, _TABLE, 0, 28, "glazed"),
    ("Piattino Alba", "da dolce", "dessert plate", "Piatti", "plate", "16", 380, _TABLE, 0, 24, "glazed"),
    ("Vassoio Riva", "ovale", "oval platter", "Piatti", "tray", "48", 1450, _TWO, 0, 9, "glazed"),
    ("Tazza Alba", "da colazione", "breakfast mug", "Tazze", "mug", "22", 410, _TABLE, 0, 44, "glazed"),
    ("Tazzina Alba", "da caffè", "espresso cup", "Tazze", "cup", "14", 160, _TABLE, 0, 34, "glazed"),
    ("Bicchiere Onda", "senza manico", "tumbler", "Tazze", "tumbler", "15", 240, _TABLE, 0, 22, "glazed"),
    ("Teiera Sera", "un litro", "one litre teapot", "Tazze", "teapot", "78", 1150, _TWO, 0, 8, "glazed"),
    ("Ciotola Nido", "piccola", "small bowl", "Ciotole", "bowl", "18", 350, _TABLE, 0, 30, "glazed"),
    ("Ciotola Conca", "da insalata", "salad bowl", "Ciotole", "bowl", "52", 1600, _TWO, 0, 14, "glazed"),
    ("Set Aperitivo", "tre ciotoline e vassoio", "three small bowls and a tray", "Ciotole", "tray", "58", 1300,
     ("salvia", "ambra"), 0, 12, "glazed"),
    ("Pirofila Brace", "da forno", "oven dish", "Cucina", "dish", "64", 2300, ("terra", "notte"), 0, 13, "oven"),
    ("Cocotte Brace", "con coperchio", "with lid", "Cucina", "teapot", "89", 2900, ("terra",), 0, 6, "oven"),
    ("Oliera Faenza", "mezzo litro", "half-litre oil bottle", "Cucina", "bottle", "34", 640,
     ("latte", "ambra"), 0, 17, "glazed"),
    ("Saliera Grano", "con cucchiaino", "with a spoon", "Cucina", "cup", "19", 260, _POTS, 0, 14, "glazed"),
    ("Portamestoli Corte", "alto", "utensil jar", "Cucina", "tumbler", "32", 980, _TWO, 0, 9, "glazed"),
    ("Vaso Brina", "alto, cotto su ordinazione", "tall, fired to order", "Vasi", "vase", "118", 2600,
     ("latte", "notte"), 7, 12, "vase"),
    ("Vaso Marea", "tondo, cotto su ordinazione", "round, fired to order", "Vasi", "round_vase", "96", 2200,
     ("notte", "salvia"), 6, 11, "vase"),
    ("Vasetto Stelo", "per un fiore solo", "for a single stem", "Vasi", "vase", "26", 310,
     ("latte", "terra", "ambra"), 0, 20, "glazed"),
    ("Coprivaso Orto", "terracotta grezza", "raw clay planter", "Vasi", "pot", "38", 1800, ("terra",), 0, 12, "raw"),
    ("Candela Nebbia", "cera d'api in ciotola", "beeswax in a bowl", "Casa", "cup", "29", 420,
     ("latte", "salvia"), 0, 18, "glazed"),
    ("Lampada Eclissi", "cotta su ordinazione", "lamp, fired to order", "Casa", "round_vase", "165", 2400,
     ("latte",), 8, 5, "vase"),
    ("Piastrella Notte", "sottopentola", "trivet", "Casa", "tile", "21", 560, ("notte", "ambra"), 0, 15, "oven"),
    ("Campanella Vento", "da appendere", "wind bell", "Casa", "bell", "24", 210, ("terra", "latte"), 0, 10, "raw"),
    ("Presepe Faenza", "cinque figure", "nativity, five figures", "Natale", "bell", "85", 1500,
     ("latte", "terra"), 0, 4, "raw"),
    ("Stella Inverno", "decorazione", "tree ornament", "Natale", "tile", "12", 70, ("latte", "ambra"), 0, 6, "raw"),
)  # fmt: skip


def _product(
    number: int, row: tuple[str, str, str, str, str, str, int, tuple[str, ...], int, int, str]
) -> Product:
    title, italian, english, category, shape, price, grams, glazes, firing, popularity, care = row
    return Product(
        id=7_100_000 + number,
        key=title.lower().replace(" ", "-"),
        title=title,
        italian=italian,
        english=english,
        category=category,
        shape=shape,
        price=Decimal(price),
        grams=grams,
        glazes=glazes,
        firing_days=firing,
        popularity=popularity,
        care=care,
    )


PRODUCTS: tuple[Product, ...] = tuple(_product(number, row) for number, row in enumerate(_ROWS, 1))
