"""The personal line under the headline."""

from datetime import date

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.situation import Situation, of_parcel
from passaparola.account.rules.times import last_scan, local, may_be_in_time
from passaparola.account.rules.voice import Moment, first_upper

_GIVEN_BACK = frozenset({Situation.LOST, Situation.RETURNING, Situation.RETURNED})


def lead(situation: Situation, order: Order, parcel: Parcel | None, moment: Moment) -> str:
    if parcel and situation in _GIVEN_BACK and order.payment_state == "refunded":
        sentence = moment.voice.gettext(
            "your parcel did not stay with you, and we have given you your money back."
        )
    else:
        sentence = _of_parcel(situation, parcel, moment) if parcel else _of_order(situation, order, moment)
    if parcel and situation is Situation.DELAYED and may_be_in_time(parcel, moment):
        sentence = moment.voice.gettext(
            "your parcel may take longer than we told you. Nothing is certain yet: we keep an eye on it."
        )
    elif parcel and situation is Situation.DELAYED and len(order.travelling) > 1:
        sentence = moment.voice.gettext(
            "one of your parcels is taking longer than we told you. We are sorry."
        )
    told = _greeted(order, sentence, moment)
    return " ".join(filter(None, (told, _of_siblings(order, moment))))


def _greeted(order: Order, sentence: str, moment: Moment) -> str:
    if not order.first_name:
        return first_upper(sentence)
    return moment.voice.gettext("Hello %(name)s, %(sentence)s") % {
        "name": order.first_name,
        "sentence": sentence,
    }


def carrier_or(parcel: Parcel, moment: Moment) -> str:
    """`BRT`, or `the courier` where its name is not known for sure."""
    return parcel.carrier or moment.voice.gettext("the courier")


def _of_order(situation: Situation, order: Order, moment: Moment) -> str:
    _ = moment.voice.gettext
    if situation is Situation.CANCELLED and order.cancelled_at:
        day = moment.local(order.cancelled_at).date()
        values = {"day": moment.full_day(day)}
        return _("this order was cancelled on %(day)s; nothing more will be sent.") % values
    if situation is Situation.PACKING:
        return _packing(order, moment)
    return {
        Situation.REFUNDED: _("your money is on its way back to you."),
        Situation.NOTHING_TO_SEND: _("there is nothing to send: everything is already yours."),
        Situation.UNPAID: _("we have your order; as soon as the payment is here we start packing."),
        Situation.LONG_AGO: _("here is what we know about your order."),
    }.get(situation) or _("here is what we know about your order.")


def _packing(order: Order, moment: Moment) -> str:
    _, last = moment.voice.gettext, order.promised_last
    if last and last < moment.today:
        return _("this is taking us longer than we told you, and we are sorry. We are on it.")
    doing = _("we have your order and are preparing it with care.")
    if order.travelling:
        doing = _("one part is done, and we are preparing the other with care.")
    if last is None:
        return f"{doing} {_('You can follow each step here.')}"
    return f"{doing} {_promised(order.promised_first or last, last, moment)}"


def _promised(first: date, last: date, moment: Moment) -> str:
    _, first = moment.voice.gettext, max(first, moment.today)
    days = {"first": moment.day(first), "last": moment.day(last)}
    if first >= last:
        return _("We expect it with you %(last)s.") % days
    return _("We expect it with you between %(first)s and %(last)s.") % days


def _of_parcel(situation: Situation, parcel: Parcel, moment: Moment) -> str:
    _, carrier = moment.voice.gettext, carrier_or(parcel, moment)
    if situation in {Situation.ON_THE_WAY, Situation.OUT}:
        return _travelling(situation, parcel, moment)
    if situation is Situation.PICKUP and parcel.place:
        return _("your parcel is waiting for you here: %(place)s. Take the tracking number with you.") % {
            "place": parcel.place
        }
    sentence = {
        Situation.ANNOUNCED: _("your parcel is packed and waits to be collected by %(carrier)s."),
        Situation.SENT: _("your parcel has left us. It travels without a tracking number."),
        Situation.PICKUP: _("your parcel is waiting for you. Take the tracking number with you."),
        Situation.ATTEMPTED: _("%(carrier)s came and could not hand over your parcel."),
        Situation.HELD: _("%(carrier)s is holding your parcel until something is cleared up."),
        Situation.DELAYED: _("your parcel is taking longer than we told you. We are sorry."),
        Situation.DELIVERED: _("your parcel has arrived. We hope you love what is inside."),
        Situation.RETURNING: _("your parcel is coming back to us. Write to us, and we agree on what to do."),
        Situation.RETURNED: _("your parcel came back to us. Write to us, and we agree on what to do."),
        Situation.LOST: _(
            "%(carrier)s cannot find your parcel. You need not do anything: we take care of it."
        ),
    }.get(situation) or _("here is what we know about your order.")
    return sentence % {"carrier": carrier}


def _travelling(situation: Situation, parcel: Parcel, moment: Moment) -> str:
    _ = moment.voice.gettext
    if situation is Situation.OUT:
        if not parcel.place:
            return _("your parcel is on the van.")
        return _("your parcel is on the van. Last seen: %(place)s.") % {"place": parcel.place}
    scan = last_scan(parcel)
    if scan is None or not scan.place:
        return _("%(carrier)s has your parcel and is bringing it to you.") % {
            "carrier": carrier_or(parcel, moment)
        }
    stamp = moment.stamp(local(scan, moment), has_time=scan.has_time)
    return _("your parcel is travelling. Last seen: %(place)s, %(when)s.") % {
        "place": scan.place,
        "when": stamp[:1].lower() + stamp[1:],
    }


def _of_siblings(order: Order, moment: Moment) -> str:
    """What the other parcels do, where there are several."""
    situations = [of_parcel(parcel, moment) for parcel in order.travelling]
    arrived = situations.count(Situation.DELIVERED)
    if len(situations) < 2 or order.cancelled_at:  # noqa: PLR2004 - one parcel has no siblings
        return ""
    if arrived == len(situations):
        return moment.voice.gettext("All %(count)s parcels have arrived.") % {"count": arrived}
    if not arrived:
        return moment.voice.gettext("Your order travels in %(count)s parcels.") % {"count": len(situations)}
    values = {"arrived": arrived, "count": len(situations)}
    return (
        moment.voice.ngettext(
            "%(arrived)s of %(count)s parcels has arrived.",
            "%(arrived)s of %(count)s parcels have arrived.",
            arrived,
        )
        % values
    )
