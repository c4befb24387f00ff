"""What the office calls fields, comparisons and whole conditions."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.events import Event
from passaparola.kernel.ui.sentences import SENTENCES
from passaparola.messages.reasons import word
from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import Condition, Group, Question
from passaparola.segments.rules.fields import Field

FIELDS: Mapping[str, str | Promise] = {
    "customer.orders": _("orders of the customer"),
    "customer.spent": _("spent in all"),
    "customer.average_order": _("average order"),
    "customer.first_order": _("first order"),
    "customer.last_order": _("last order"),
    "customer.since": _("known since"),
    "customer.country": _("country of the customer"),
    "customer.language": _("language"),
    "customer.tags": _("tags"),
    "customer.has_birthday": _("birthday is known"),
    "customer.has_email": _("has an e-mail address"),
    "customer.has_phone": _("has a telephone number"),
    "customer.takes_offers": _("agreed to offers"),
    "customer.takes_news": _("agreed to news"),
    "order.number": _("order number"),
    "order.total": _("total of the order"),
    "order.discount": _("discount of the order"),
    "order.currency": _("currency of the order"),
    "order.codes": _("discount codes"),
    "order.placed": _("order placed"),
    "order.paid": _("order paid"),
    "order.shipped": _("order with the carrier"),
    "order.delivered": _("order delivered"),
    "order.cancelled": _("order cancelled"),
    "order.payment": _("payment"),
    "order.country": _("country it goes to"),
    "order.city": _("city it goes to"),
    "order.shipping_method": _("shipping method"),
    "order.products": _("products bought"),
    "order.skus": _("article numbers bought"),
    "order.categories": _("categories bought"),
    "order.pieces": _("pieces bought"),
    "order.is_first": _("is the first order"),
    "order.has_care_guide": _("has a care guide"),
    "order.has_similar": _("has something similar"),
    "order.is_abroad": _("goes abroad"),
    "order.refunded": _("given back of the order"),
    "parcel.state": _("state of the parcel"),
    "parcel.arrival": _("day of arrival"),
    "parcel.promised": _("last day promised"),
    "parcel.delivered": _("parcel delivered"),
    "parcel.picked_up": _("parcel with the carrier"),
    "parcel.is_late": _("parcel is late"),
    "parcel.delay_cause": _("cause of the delay"),
    "parcel.attempts": _("delivery attempts"),
    "history.events": _("how often it happened"),
    "history.messages": _("messages sent"),
}
PLAIN: Mapping[tuple[str, str], str | Promise] = {
    ("customer.has_birthday", "yes"): _("their birthday is known"),
    ("customer.has_birthday", "no"): _("their birthday is not known"),
    ("customer.has_email", "yes"): _("they have an e-mail address"),
    ("customer.has_email", "no"): _("they have no e-mail address"),
    ("customer.has_phone", "yes"): _("they have a telephone number"),
    ("customer.has_phone", "no"): _("they have no telephone number"),
    ("customer.takes_offers", "yes"): _("they agreed to offers"),
    ("customer.takes_offers", "no"): _("they did not agree to offers"),
    ("customer.takes_news", "yes"): _("they agreed to news"),
    ("customer.takes_news", "no"): _("they did not agree to news"),
    ("order.is_first", "yes"): _("it is their first order"),
    ("order.is_first", "no"): _("it is not their first order"),
    ("order.has_care_guide", "yes"): _("there is a care guide for what was bought"),
    ("order.has_care_guide", "no"): _("there is no care guide for what was bought"),
    ("order.has_similar", "yes"): _("there is something similar to what was bought"),
    ("order.has_similar", "no"): _("there is nothing similar to what was bought"),
    ("order.is_abroad", "yes"): _("the order goes abroad"),
    ("order.is_abroad", "no"): _("the order stays in the country"),
    ("order.paid", "known"): _("the order is paid"),
    ("order.paid", "unknown"): _("the order is not paid yet"),
    ("order.shipped", "known"): _("the carrier has the order"),
    ("order.shipped", "unknown"): _("the carrier does not have the order yet"),
    ("order.delivered", "known"): _("the order is delivered"),
    ("order.delivered", "unknown"): _("the order is not delivered yet"),
    ("order.cancelled", "known"): _("the order is cancelled"),
    ("order.cancelled", "unknown"): _("the order is not cancelled"),
    ("parcel.delivered", "known"): _("the parcel is delivered"),
    ("parcel.delivered", "unknown"): _("the parcel is not delivered yet"),
    ("parcel.picked_up", "known"): _("the carrier has the parcel"),
    ("parcel.picked_up", "unknown"): _("the carrier does not have the parcel yet"),
    ("parcel.is_late", "yes"): _("the parcel is late"),
    ("parcel.is_late", "no"): _("the parcel is not late"),
}
"""What is said in one go, since field, comparison and value one after the other are no sentence."""
ABOUT: Mapping[str, str | Promise] = {
    "customer": _("Customer"),
    "order": _("Order (the last one, or the journey's)"),
    "parcel": _("Parcel"),
    "history": _("History"),
    "event": _("The event"),
}
OPERATORS: Mapping[str, str | Promise] = {
    "is": _("is"),
    "is_not": _("is not"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "more_than": _("more than"),
    "less_than": _("less than"),
    "contains": _("contains"),
    "begins_with": _("begins with"),
    "one_of": _("is one of"),
    "none_of": _("is none of"),
    "known": _("is known"),
    "unknown": _("is not known"),
    "in_last": _("in the last"),
    "longer_ago_than": _("longer ago than"),
    "in_next": _("in the next"),
    "before": _("before"),
    "after": _("after"),
    "has": _("has"),
    "has_not": _("has not"),
}
JOINS: Mapping[str, str | Promise] = {
    "all": _("all of these"),
    "any": _("at least one of these"),
    "none": _("none of these"),
    "some_order": _("has an order with all of these"),
    "no_order": _("has no order with all of these"),
}
VALUES: Mapping[str, Mapping[str, str | Promise]] = {
    "states": {
        "label_created": _("label made"),
        "picked_up": _("with the carrier"),
        "in_transit": _("on its way"),
        "out_for_delivery": _("out for delivery"),
        "ready_for_pickup": _("ready to collect"),
        "delivered": _("delivered"),
        "attempted": _("delivery attempted"),
        "held": _("held up"),
        "delayed": _("delayed"),
        "returning": _("on its way back"),
        "returned": _("back in the shop"),
        "lost": _("lost"),
        "cancelled": _("cancelled"),
        "unknown": _("not known"),
    },
    "payments": {
        "pending": _("not paid yet"),
        "authorized": _("authorised"),
        "partially_paid": _("paid in part"),
        "paid": _("paid"),
        "partially_refunded": _("given back in part"),
        "refunded": _("given back"),
        "voided": _("voided"),
    },
    "causes": {
        "shop": _("the shop"),
        "carrier": _("the carrier"),
        "customs": _("customs"),
        "closure": _("a strike or a closure"),
        "holiday": _("public holidays"),
        "attempt": _("nobody was found"),
        "held": _("stopped by the carrier"),
        "return": _("it is on its way back"),
        "lost": _("it is lost"),
        "unknown": _("not known"),
    },
    "places": {"road": _("on the road"), "shop": _("in the shop")},
    "languages": {"en": _("English"), "it": _("Italian")},
}
"""What the words are called that a field is compared with."""
TOLD_BY_EVENTS: Mapping[str, str | Promise] = {
    "amount": _("amount"),
    "cause": _("cause"),
    "channel": _("channel"),
    "code": _("coupon code"),
    "days": _("days"),
    "is_late": _("too late"),
    "message": _("message"),
    "number": _("number"),
    "orders": _("orders so far"),
    "promise": _("kind of promise"),
    "remedy": _("remedy"),
    "resolution": _("what they want instead"),
    "severity": _("severity"),
    "shop_days": _("days lost in the shop"),
    "took_hours": _("hours it took"),
    "where": _("where it stands"),
    "words": _("in words"),
    "years": _("years"),
}
"""What events tell of themselves; what only programs read has no name here."""
LISTS_OF_EVENTS: Mapping[str, str] = {"where": "places"}
"""What of it is one of a few words: a list of `VALUES`."""
UNITS: Mapping[str, str | Promise] = {
    "minutes": _("minutes"),
    "hours": _("hours"),
    "days": _("days"),
    "weeks": _("weeks"),
    "months": _("months"),
    "years": _("years"),
}


def told(condition: Condition) -> str:  # noqa: PLR0911 - one answer a join
    """Return it as one line of the reader's language: `orders at least 2, and last order longer ago than 90 days`."""
    if isinstance(condition, Question):
        return _question(condition)
    parts = [f"({told(part)})" if _needs_brackets(part) else told(part) for part in condition.parts]
    if not parts:
        return gettext("everybody")
    match condition.join:
        case "any":
            return gettext(" or ").join(parts)
        case "none":
            return gettext("none of: %(these)s") % {"these": "; ".join(parts)}
        case "some_order":
            return gettext("an order with %(these)s") % {"these": "; ".join(parts)}
        case "no_order":
            return gettext("no order with %(these)s") % {"these": "; ".join(parts)}
        case _:
            return gettext(" and ").join(parts)


def _needs_brackets(part: Condition) -> bool:
    return isinstance(part, Group) and len(part.parts) > 1 and part.join in {"all", "any"}


def _question(question: Question) -> str:
    is_flag = isinstance(question.value, bool)
    answer = ("yes" if question.value else "no") if is_flag else question.operator
    if plain := PLAIN.get((question.field.key, answer)):
        return str(plain)
    words = [
        _counted(question) or f"{_field(question)} {OPERATORS[question.operator]} {_value(question)}".strip()
    ]
    if question.within:
        words.append(gettext("in the last %(length)s") % {"length": length(question.within)})
    return " ".join(words)


def _counted(question: Question) -> str:
    """Never, and at least once, are said in words."""
    asked = (question.operator, question.value) if question.field.type == "count" else None
    is_event = question.field.choices == "events"
    match asked:
        case ("is", 0) | ("at_most", 0) | ("less_than", 1):
            said = gettext("never “%(what)s”") if is_event else gettext("no message “%(what)s”")
        case ("at_least", 1) | ("more_than", 0):
            said = gettext("at least once “%(what)s”") if is_event else gettext("a message “%(what)s”")
        case _:
            return ""
    return said % {"what": counted(question.field.choices, question.of)}


def _field(question: Question) -> str:
    name = FIELDS.get(question.field.key)
    if name is None:
        return told_by_event(question.field.key.partition(".")[2])
    if question.field.choices == "events":
        return f"“{event(question.of)}”"
    if question.field.choices == "messages":
        return gettext("messages “%(kind)s”") % {"kind": counted("messages", question.of)}
    return str(name)


def list_of(field: Field) -> str:
    """The list of words that a field is compared with; empty where there is none."""
    about, _, name = field.key.partition(".")
    return LISTS_OF_EVENTS.get(name, "") if about == "event" else field.choices


def told_by_event(name: str) -> str:
    return str(TOLD_BY_EVENTS.get(name, name.replace("_", " ")))


def counted(choices: str, of: str) -> str:
    """What an event, or a kind of message, is called."""
    return event(of) if choices == "events" else word(of, get_language() or "en")


def choice(choices: str, key: str) -> str:
    """What one word of a list is called; countries by their names."""
    if choices == "countries":
        return str(Locale.parse(get_language() or "en", sep="-").territories.get(key.upper(), key))
    return str(VALUES.get(choices, {}).get(key, key.replace("_", " ")))


EVENTS_OF: Mapping[str, str | Promise] = {
    "orders": _("Orders"),
    "tracking": _("Parcels"),
    "returns": _("Returns"),
    "cases": _("Cases"),
    "promises": _("Promises"),
    "messages": _("Messages"),
    "customers": _("Customers"),
    "account": _("Customers’ pages"),
    "journeys": _("Days and to-dos"),
}
"""What the events of a concept are about, in the order in which they are offered."""


def events_grouped(kinds: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the events with their words, by what they are about: fifty in one list find nobody."""
    groups: dict[str, list[tuple[str, str]]] = {concept: [] for concept in EVENTS_OF}
    for kind in kinds:
        concept = Event.kinds[kind].__module__.split(".")[1]
        groups.setdefault(concept, []).append((kind, event(kind)))
    return [
        (str(EVENTS_OF.get(concept, concept)), sorted(options, key=lambda pair: pair[1].lower()))
        for concept, options in groups.items()
        if options
    ]


def event(kind: str) -> str:
    """What an event is called on the timeline."""
    sentence = SENTENCES.get(kind)
    return str(sentence.title) if sentence else kind


def _value(question: Question) -> str:  # noqa: PLR0911 - one answer a type
    value, choices = question.value, list_of(question.field)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, timedelta):
        return length(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(choice(choices, one) if choices else one for one in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None:
        return ""
    return choice(choices, value) if choices and isinstance(value, str) else str(value)


def length(of: timedelta) -> str:
    """`3 days`, in the reader's language."""
    amount, unit = durations.parts(durations.write(of))
    count = int(amount)
    match unit:
        case "days":
            return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}
        case "hours":
            return ngettext("%(n)d hour", "%(n)d hours", count) % {"n": count}
        case _:
            return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}
