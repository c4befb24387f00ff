"""The customers of the bottega."""

# ruff: noqa: E501, ISC004 - lists of names read best unbroken

import unicodedata
from dataclasses import dataclass
from random import Random

from passaparola.demo.world.places import Address, some_phone, some_street, some_town


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: int
    """Of the account; guests have one in the world too, which the shop never tells."""
    first_name: str
    last_name: str
    email: str
    language: str
    home: Address
    channel: str
    """Where they buy: `shopify`, `woocommerce` or `custom`."""
    has_account: bool
    accepts_marketing: bool
    loyalty: float
    """How gladly they come back: the weight in a draw of who orders next."""

    @property
    def country(self) -> str:
        return self.home.town.country


_COUNTRIES = {
    "IT": 66,
    "DE": 9,
    "GB": 8,
    "FR": 5,
    "ES": 4,
    "AT": 3,
    "CH": 3,
    "NL": 2,
    "US": 2,
}
_LANGUAGES = {
    "IT": "it",
    "DE": "de",
    "GB": "en",
    "FR": "fr",
    "ES": "es",
    "AT": "de",
    "CH": "de",
    "NL": "nl",
    "US": "en",
}
_NAMES: dict[str, tuple[str, str]] = {
    "it": (
        "Giulia Marco Francesca Luca Chiara Alessandro Martina Matteo Sara Andrea Elena Davide Valentina Paolo Silvia "
        "Stefano Federica Simone Laura Giovanni Anna Roberto Ilaria Nicola Beatrice Tommaso Margherita Pietro Camilla Enrico",
        "Rossi Moretti Bianchi Ferrari Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo "
        "Lombardi Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli "
        "Vitale Serra Coppola Villa Casadei Montanari Zoli Savini",
    ),
    "de": (
        "Anna Lukas Katharina Jonas Julia Felix Sophie Maximilian Lena Paul Johanna Moritz Clara Tobias Miriam",
        "Müller Schmidt Weber Fischer Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Wolf Neumann Krüger",
    ),
    "en": (
        "Emily James Olivia Thomas Charlotte William Grace Henry Alice Oliver Hannah George Lucy Edward Rosie",
        "Smith Taylor Brown Wilson Evans Walker Wright Green Hall Wood Clarke Harrison Cooper Ward Bennett",
    ),
    "fr": (
        "Camille Louis Manon Hugo Léa Antoine Chloé Julien Inès Mathieu",
        "Martin Bernard Dubois Laurent Moreau Lefèvre Fournier Girard Mercier Blanc",
    ),
    "es": (
        "Lucía Pablo María Javier Carmen Diego Paula Sergio Elena Álvaro",
        "García López Martínez Sánchez Fernández Romero Navarro Torres Gil Molina",
    ),
    "nl": ("Sanne Daan Emma Bram Lotte Thijs Fleur Ruben", "de Vries Jansen Bakker Visser Smit Meijer Mulder Bos"),
}  # fmt: skip
_MAILBOXES = ("posta.example", "mail.example", "lettera.example", "post.example")
_CHANNELS = {"shopify": 70, "woocommerce": 24, "custom": 6}


def some_people(rng: Random, count: int) -> tuple[Person, ...]:
    """Make up people; no two have the same e-mail address."""
    taken: set[str] = set()
    return tuple(_person(rng, number, taken) for number in range(1, count + 1))


def _person(rng: Random, number: int, taken: set[str]) -> Person:
    country = rng.choices(list(_COUNTRIES), list(_COUNTRIES.values()))[0]
    language = _LANGUAGES[country]
    first, last = (rng.choice(_split(names)).replace("_", " ") for names in _NAMES[language])
    town = some_town(rng, country)
    if town.name == "Lugano":
        language = "it"
    return Person(
        id=6_200_000_000 + number,
        first_name=first,
        last_name=last,
        email=_email(rng, first, last, taken),
        language=language,
        home=Address(
            name=f"{first} {last}",
            line1=some_street(rng, country),
            line2=rng.choice(("", "", "", "interno 4", "scala B")) if country == "IT" else "",
            town=town,
            phone=some_phone(rng, country),
        ),
        channel=rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0],
        has_account=rng.random() < 0.6,  # noqa: PLR2004 - shares of this invented shop
        accepts_marketing=rng.random() < 0.45,  # noqa: PLR2004
        loyalty=rng.paretovariate(1.6),
    )


def _split(names: str) -> list[str]:
    return names.replace("de Vries", "de_Vries").split()


def _email(rng: Random, first: str, last: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", f"{first}.{last}".lower().replace(" ", ""))
    bare = plain.encode("ascii", "ignore").decode()
    for number in range(1000):
        email = f"{bare}{number or ''}@{rng.choice(_MAILBOXES)}"
        if email not in taken:
            break
    taken.add(email)
    return email
