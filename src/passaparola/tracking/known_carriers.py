"""Carriers that we know by name: how shops call them, and where they show a parcel.

Knowing a name is not following a carrier: that takes a folder in `carriers/`. The keys are the same.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class KnownCarrier:
    key: str
    name: str
    called: tuple[str, ...]
    """Whole words by which shops and services call it, lower case; the longest match wins."""
    page: str = ""
    """Its tracking page: `{number}`, `{language}` and `{locale}` (`it-it`) are filled in."""
    languages: tuple[str, ...] = field(default=("it", "en"))
    """Those that the page has among ours; the first where the customer's is missing."""


_GLS_ABROAD = (
    "germany deutschland de spain spagna es france francia fr austria at netherlands nl denmark dk croatia "
    "hr czech cz hungary hu poland pl romania ro slovakia sk slovenia si us ireland ie"
)
_POSTE_PAGE = "https://www.poste.it/cerca/index.html#/risultati-spedizioni/{number}"

_KNOWN = (
    KnownCarrier(
        "brt",
        "BRT",
        ("brt", "brt it", "bartolini", "brt corriere espresso", "brt fermopoint", "corriere brt", "brt dpd"),
        "https://vas.brt.it/vas/sped_det_show.hsm?Nspediz={number}",
        ("it",),
    ),
    KnownCarrier(
        "gls_it",
        "GLS",
        ("gls", "gls it", "gls italy", "gls italia", "gls corriere", "general logistics systems"),
        "https://gls-group.com/IT/{language}/servizi-online/ricerca-spedizioni?match={number}",
    ),
    KnownCarrier(
        "gls",
        "GLS",
        tuple(f"gls {where}" for where in _GLS_ABROAD.split()),
        "https://gls-group.eu/EU/{language}/parcel-tracking?match={number}",
        ("en",),
    ),
    KnownCarrier(
        "poste_it",
        "Poste Italiane",
        (
            *("poste", "poste it", "poste italiane", "italian post", "italy post", "postacelere"),
            *("poste delivery", "poste delivery business", "posteitaliane", "postedelivery", "paccocelere"),
            *("raccomandata", "posta raccomandata", "piego di libri", "crono express", "pacco ordinario"),
        ),
        _POSTE_PAGE,
        ("it",),
    ),
    KnownCarrier("sda", "SDA", ("sda", "sda it", "sda italy", "sda express courier"), _POSTE_PAGE, ("it",)),
    KnownCarrier(
        "dhl",
        "DHL Express",
        ("dhl", "dhl express", "dhlexpress", "dhl it", "dhl italy", "dhl worldwide"),
        "https://www.dhl.com/{locale}/home/tracking.html?tracking-id={number}&submit=1",
    ),
    KnownCarrier(
        "dhl_ecommerce",
        "DHL eCommerce",
        ("dhl ecommerce", "dhl parcel", "dhl paket", "dhl germany", "dhl global mail"),
        "https://www.dhl.com/{locale}/home/tracking.html?tracking-id={number}&submit=1",
    ),
    KnownCarrier(
        "ups",
        "UPS",
        ("ups", "united parcel service"),
        "https://www.ups.com/track?tracknum={number}",
    ),
    KnownCarrier(
        "fedex",
        "FedEx",
        ("fedex", "federal express"),
        "https://www.fedex.com/fedextrack/?trknbr={number}",
    ),
    KnownCarrier(
        "tnt",
        "TNT",
        ("tnt", "tnt it", "tnt italy", "tnt express"),
        "https://www.tnt.com/express/{language}_it/site/shipping-tools/tracking.html?searchType=con&cons={number}",
    ),
    KnownCarrier(
        "inpost",
        "InPost",
        ("inpost", "in post", "inpost it", "inpost italy"),
        "https://inpost.it/trova-il-tuo-pacco?number={number}",
        ("it",),
    ),
    KnownCarrier(
        "amazon",
        "Amazon Logistics",
        ("amazon", "amazon logistics", "amazon shipping", "amzl", "swiship", "amazon fba", "amazon mcf"),
        "https://track.amazon.it/tracking/{number}",
    ),
    KnownCarrier(
        "royal_mail",
        "Royal Mail",
        ("royal mail", "royalmail"),
        "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
        ("en",),
    ),
    KnownCarrier(
        "dpd",
        "DPD",
        ("dpd", "dpd group", "dpd de", "dpd uk", "dpd france"),
        "https://tracking.dpd.de/status/{language}/parcel/{number}",
    ),
    KnownCarrier(
        "colissimo",
        "Colissimo",
        ("colissimo", "la poste", "laposte", "la poste colissimo"),
        "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
        ("en",),
    ),
    KnownCarrier(
        "chronopost",
        "Chronopost",
        ("chronopost",),
        "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
        ("en",),
    ),
    KnownCarrier(
        "mondial_relay",
        "Mondial Relay",
        ("mondial relay", "mondialrelay"),
        "https://www.mondialrelay.fr/suivi-de-colis/?numeroExpedition={number}",
        ("en",),
    ),
    KnownCarrier(
        "correos",
        "Correos",
        ("correos", "correos es", "correos spain", "spain correos es", "correos express"),
        "https://www.correos.es/es/{language}/herramientas/localizador/envios/detalle?tracking-number={number}",
        ("en",),
    ),
    KnownCarrier(
        "deutsche_post",
        "Deutsche Post",
        ("deutsche post", "deutschepost", "dp dhl"),
        "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={number}",
        ("en",),
    ),
    KnownCarrier(
        "hermes",
        "Hermes",
        ("hermes", "myhermes", "hermes de"),
        "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{number}",
        ("en",),
    ),
    KnownCarrier("evri", "Evri", ("evri",), "https://www.evri.com/track/parcel/{number}", ("en",)),
    KnownCarrier(
        "post_at",
        "Österreichische Post",
        ("austrian post", "osterreichische post", "post at"),
        "https://www.post.at/sv/sendungsdetails?snr={number}",
        ("en",),
    ),
    KnownCarrier(
        "swiss_post",
        "Swiss Post",
        ("swiss post", "la posta svizzera", "die post", "posta svizzera"),
        "https://service.post.ch/ekp-web/ui/entry/search/{number}",
    ),
    KnownCarrier(
        "postnl",
        "PostNL",
        ("postnl", "post nl"),
        "https://jouw.postnl.nl/track-and-trace/{number}",
        ("en",),
    ),
    KnownCarrier(
        "bpost",
        "bpost",
        ("bpost",),
        "https://track.bpost.cloud/btr/web/#/search?itemCode={number}&lang={language}",
        ("en",),
    ),
    KnownCarrier(
        "usps",
        "USPS",
        ("usps", "united states postal service"),
        "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
        ("en",),
    ),
    KnownCarrier(
        "spring",
        "Spring GDS",
        ("spring", "spring gds"),
        "https://www.mailingtechnology.com/tracking/?tn={number}",
        ("en",),
    ),
    KnownCarrier("nexive", "Nexive", ("nexive",), "", ("it",)),
    KnownCarrier("fercam", "FERCAM", ("fercam",), "", ("it",)),
    KnownCarrier("paack", "Paack", ("paack",), "", ("it",)),
    KnownCarrier("seur", "SEUR", ("seur",), "", ("en",)),
)

KNOWN_CARRIERS: dict[str, KnownCarrier] = {carrier.key: carrier for carrier in _KNOWN}

_SERVICE_SLUGS = {
    "gls-italy": "gls_it",
    "italy-sda": "sda",
    "sda-it": "sda",
    "poste-italiane": "poste_it",
    "poste-italiane-paccocelere": "poste_it",
    "posteitaliane": "poste_it",
    "brt-it": "brt",
    "brt-it-parcelid": "brt",
    "brt-it-api": "brt",
    "glsitaly": "gls_it",
    "brt": "brt",
}


@lru_cache(1024)  # a shop has a handful of shipping methods
def key_of_words(words: str) -> str:
    """Return the key of the carrier that these words name, or the empty string.

    `Poste Delivery Business` is `poste_it`, `BRT Corriere Espresso` is `brt`; `Other` is nobody, and
    so are words that name two.
    """
    said = f" {_plain(words)} "
    if words.strip() in KNOWN_CARRIERS:
        return words.strip()
    named = {called: key for called, key in _names().items() if f" {called} " in said}
    # «La Poste» holds «poste»: a name inside a longer one that also fits doesn't count.
    whole = {
        key
        for called, key in named.items()
        if not any(called != other and called in other for other in named)
    }
    return whole.pop() if len(whole) == 1 else ""


def key_of_slug(slug: str) -> str:
    """Return our key for a tracking service's slug where they are surely the same, else the slug itself."""
    plain = slug.strip().lower()
    return _SERVICE_SLUGS.get(plain, plain)


def name_of(key: str) -> str:
    """Return the carrier's name as people write it; an unknown key is shown as it is."""
    return KNOWN_CARRIERS[key].name if key in KNOWN_CARRIERS else key


def link(key: str, number: str, language: str) -> str:
    """Return the carrier's own page for this parcel, in the language if it has it; empty if unknown."""
    carrier = KNOWN_CARRIERS.get(key)
    if carrier is None or not carrier.page or not number:
        return ""
    wanted = language[:2].lower()
    spoken = wanted if wanted in carrier.languages else carrier.languages[0]
    return carrier.page.format(
        number=quote(number, safe=""), language=spoken, locale={"it": "it-it"}.get(spoken, "global-en")
    )


@cache
def _names() -> dict[str, str]:
    return {called: carrier.key for carrier in _KNOWN for called in carrier.called}


def _plain(words: str) -> str:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words) if words != words.upper() else words
    bare = re.sub(r"[̀-ͯ]", "", unicodedata.normalize("NFKD", f"{words} {split}".casefold()))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())
