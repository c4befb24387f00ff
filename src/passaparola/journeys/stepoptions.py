"""What the form of a step offers to choose from."""

from django.utils.translation import get_language, gettext

from passaparola.journeys.letters import names_of
from passaparola.journeys.rules.settings import Setting
from passaparola.journeys.words import MOMENTS, TASKS
from passaparola.messages.accounts import in_use, name_of
from passaparola.messages.reasons import word
from passaparola.messages.repertoire import repertoire
from passaparola.messages.rules.values import Purpose
from passaparola.messages.rules.way import BEST
from passaparola.segments.words import UNITS
from passaparola.stores.models import Membership, Store

Options = list[tuple[str, str]]


def grouped(options: Options, store: Store) -> list[tuple[str, Options]]:
    """Messages by what they are for, since what may be sent to whom and how often depends on it."""
    purposes = {piece.key: piece.purpose for piece in repertoire(store, get_language() or "en")}
    names = {
        Purpose.SERVICE: gettext("Helpful"),
        Purpose.ASK: gettext("Questions"),
        Purpose.OFFER: gettext("Offers: only to those who agreed"),
        Purpose.NEWS: gettext("News and stories: only to those who agreed"),
        Purpose.TRANSACTIONAL: gettext("Part of the order"),
        None: gettext("No longer offered"),
    }
    groups = [
        (name, [(key, words) for key, words in options if "#" not in key and purposes.get(key) is purpose])
        for purpose, name in names.items()
    ]
    own = [(key, words) for key, words in options if "#" in key]
    return [(name, options) for name, options in [(gettext("Letters of our own"), own), *groups] if options]


def options_of(setting: Setting, store: Store) -> Options:  # noqa: PLR0911 - one answer a type
    language = get_language() or "en"
    match setting.type:
        case "duration":
            return [(unit, str(words)) for unit, words in UNITS.items()]
        case "moment":
            return [(key, str(words)) for key, words in MOMENTS.items()]
        case "message":
            return [(piece.key, piece.name) for piece in repertoire(store, language)]
        case "kind":
            return [(piece.key, piece.name) for piece in repertoire(store, language) if not piece.template_id]
        case "channel":
            return [(key, name_of(key)) for key in (*in_use(store.pk), BEST)]
        case "member":
            members = Membership.objects.active().filter(store=store).by_name()
            return [(one.member.email, one.member.name) for one in members]
        case "choice":
            return [(key, _choice(key)) for key in setting.choices]
        case _:
            return []


def of_old(key: str, kind: str, store: Store) -> str:
    if kind == "channel":
        return gettext("%(channel)s (not connected)") % {"channel": name_of(key)}
    if kind == "member":
        return gettext("%(address)s (not in the team)") % {"address": key}
    return names_of(store).get(key) or word(key, get_language() or "en").capitalize()


def _choice(key: str) -> str:
    return str(TASKS.get(key, "")) or {
        "order": gettext("the same order"),
        "customer": gettext("anything of this customer"),
        "step": gettext("coming to this step"),
        "start": gettext("the start of the journey"),
    }.get(key, key)
