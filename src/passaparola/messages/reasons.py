"""Why a message was not sent, waits, or came differently: one plain sentence a code, for the team to read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

SENTENCES = {
    "history": _("The order was imported from the past: nothing is written about it."),
    "erased": _("This person asked for their data to be erased."),
    "no_address": _("There is no address to write to."),
    "hard_bounce": _("Mail to this address came back before: it does not exist."),
    "complaint": _("This person reported our mail as spam, so we stay silent."),
    "unsubscribed": _("This person does not want offers, news or questions."),
    "stopped": _("This person wrote STOP there, so nothing is written there any more."),
    "declined": _("This person said no to messages of this kind."),
    "no_consent": _("This person has not agreed to offers and news."),
    "order_deleted": _("The order was deleted in the shop."),
    "order_is_test": _("It is a test order."),
    "order_cancelled": _("The order was cancelled in the meantime."),
    "cancellation_taken_back": _("The cancellation was taken back in the meantime."),
    "old_order": _("The order was more than two days old when we heard of it."),
    "stale": _("No longer news: the parcel is already further ({state})."),
    "expired": _("It could not be sent in time and would be of no use any more."),
    "too_late_then": _("It would have had to wait until it was of no use any more ({waits_for})."),
    "already_told": _("Another message had just told the same ({by})."),
    "apologised": _("We said sorry for this order on {date}: after that only a remedy helps, or silence."),
    "said_before": _("The same had been said on {date}."),
    "same_coupon": _("The code {coupon} had been offered before."),
    "nobody_known": _("It is not known who this is, so nobody can say what else we wrote to them."),
    "merged": _("Told in the same letter as “{by}”."),
    "gathering": _("It waits a few minutes for the news of the order’s other parcels."),
    "sending_paused": _("Sending has paused itself because too much came back: somebody has to look at it."),
    "paused": _("This person asked for peace until {date}."),
    "trouble_open": _("It waits until this is put right: {trouble}."),
    "calm_after": _("It waits for some days of calm after this was put right: {trouble}."),
    "cap_service": _("It waits its turn: messages about orders, at most {most} in {days} days."),
    "cap_ask": _("It waits its turn: questions, at most {most} in {days} days."),
    "cap_offer": _("It waits its turn: offers, at most {most} in {days} days."),
    "cap_news": _("It waits its turn: news, at most {most} in {days} days."),
    "cap_all": _("It waits its turn: questions, offers and news together, at most {most} in {days} days."),
    "own_cap": _("It waits its turn: this person wants no more than {most} in {days} days."),
    "own_day": _("It leaves its place to what belongs to this person’s own day, {date}."),
    "not_yet": _("Its time has not come yet."),
    "until_eve": _("It waits for the day before the arrival on {date}."),
    "no_day_known": _("It waits until the day of arrival is known."),
    "quiet_hours": _("It waits for the morning: nobody is disturbed in quiet hours."),
    "plain_instead": _("Sent without the offer, since this person has not agreed to offers."),
    "offer_left_out": _("Sent without the offer: it would have been one too many ({without_offer})."),
    "retry": _("The other side asked us to try again later: {words}"),
    "refused": _("The other side refused it for good: {words}"),
    "server_down": _("It waits: the other side does not take it yet: {words}"),
    "undelivered": _("It was sent and could not be delivered: {words}"),
    "no_answer": _("The connection broke off before the answer, so it is sent again: {words}"),
    "unrenderable": _("Its template has a mistake: {words}"),
    "unknown_kind": _("This kind of message no longer exists."),
    "campaign_paused": _("Its campaign is paused: it waits until somebody lets it go on."),
    "campaign_cancelled": _("Its campaign was cancelled before it was sent."),
    "state_sent": _("Sent."),
    "state_merged": _("Told in another letter."),
    "state_dropped": _("Not sent."),
    "state_failed": _("It could not be delivered."),
    "state_sending": _("It is being sent."),
    "state_deferred": _("It waits."),
    "state_asked": _("It is about to be sent."),
    "withdrawn": _("What it was meant for is over: it was taken back."),
    "worker_died": _("The worker that was sending it died, so it is sent again."),
}

WORDS = {
    "asked": _("about to be sent"),
    "server_down": _("the mail server"),
    "no_answer": _("another try"),
    "unrenderable": _("a template with a mistake"),
    "worker_died": _("another try"),
    "delivered": _("delivered"),
    "out_for_delivery": _("out for delivery"),
    "ready_for_pickup": _("ready for pick-up"),
    "attempted": _("a delivery was tried"),
    "returning": _("on its way back"),
    "returned": _("returned"),
    "lost": _("lost"),
    "cancelled": _("cancelled"),
    "quiet_hours": _("quiet hours"),
    "until_eve": _("the eve of the arrival"),
    "not_yet": _("its time"),
    "retry": _("another try"),
    "no_day_known": _("the day of arrival"),
    "gathering": _("the other parcels"),
    "paused": _("the end of their pause"),
    "trouble_open": _("something that is not put right yet"),
    "calm_after": _("some days of calm"),
    "cap_service": _("room for one more message about orders"),
    "cap_ask": _("room for one more question"),
    "cap_offer": _("room for one more offer"),
    "cap_news": _("room for one more piece of news"),
    "cap_all": _("room for one more message"),
    "own_cap": _("as often as they want it"),
    "own_day": _("a day of their own"),
    "said_before": _("it had been said before"),
    "same_coupon": _("the code had been offered before"),
    "late_parcel": _("a parcel that is late"),
    "stalled_parcel": _("a parcel that does not move"),
    "returning_parcel": _("a parcel that comes back"),
    "overdue_order": _("an order that was not sent in time"),
    "endangered_promise": _("a promise in danger"),
    "sending_paused": _("the pause in sending"),
    "declined": _("they said no to it"),
    "lost_parcel": _("a parcel that is lost"),
    "return": _("a return"),
    "refund_owed": _("a refund we owe"),
    "complaint": _("a complaint"),
    "low_score": _("a low score"),
    "bad_review": _("a bad review"),
    "broken_promise": _("a promise we did not keep"),
    "damaged": _("something that arrived damaged"),
    "case": _("a case that is open"),
    "confirm_signup": _("was it you?"),
    "confirmation_simple": _("order confirmation"),
    "confirmation_warm_welcome": _("order confirmation, first order"),
    "confirmation_reassuring": _("order confirmation, reassuring"),
    "confirmation_enticing": _("order confirmation with a coupon"),
    "confirmation_similar_items": _("order confirmation with similar items"),
    "channel_linked": _("welcome to a chat"),
    "shipped": _("shipped"),
    "arriving": _("arriving tomorrow"),
    "order_cancelled": _("order cancelled"),
    "refunded": _("refunded"),
    "delayed": _("delayed"),
    "newsletter": _("newsletter"),
    "card": _("greeting card"),
    "offer": _("offer"),
    "letter": _("letter"),
    "question": _("question"),
    "thank_you_care": _("thank-you and care"),
    "delay_goes_on": _("still late: what we do"),
    "parcel_stalled": _("no news of the parcel"),
    "tips": _("tips"),
    "story": _("a story of the shop"),
    "near_products": _("goes with what was bought"),
    "birthday_card": _("birthday card"),
    "anniversary_card": _("anniversary card"),
    "we_miss_you": _("we miss you"),
    "appreciation": _("a note of thanks"),
    "back_to_calm": _("is all well now?"),
    "remedy_apologise": _("we say sorry"),
    "remedy_coupon": _("a coupon, to make it good"),
    "remedy_explain": _("what happened, explained"),
    "remedy_gift": _("a small gift, to make it good"),
    "remedy_replacement": _("a new one, to make it good"),
    "remedy_shipping": _("shipping given back"),
    "sign_in_code": _("code to sign in"),
    "order_link": _("link to the order"),
    "passkey_added": _("a new passkey"),
    "change_decided": _("answer to a change"),
    "erasure_asked": _("request to erase their data"),
    "follow_request": _("confirm a news subscription"),
    "followed_news": _("news they asked for"),
    "return_requested": _("return requested"),
    "return_approved": _("return accepted"),
    "return_refused": _("return refused"),
    "return_label": _("label for a return"),
    "return_expiring": _("return about to expire"),
    "return_received": _("return received"),
    "return_inspected": _("return looked at"),
    "return_refunded": _("return settled"),
    "withdrawal_receipt": _("receipt of a withdrawal"),
}


def sentence(code: str, params: Mapping[str, Any], language: str) -> str:
    """Return the sentence for a reason in the reader's language; the bare code for one nobody knows."""
    with override(language):
        template = SENTENCES.get(code)
        if template is None:
            return code
        words = {name: _readable(value, language) for name, value in params.items()}
        return gettext(template).format_map(_Forgiving(words)).strip()


def word(key: str, language: str) -> str:
    """Return how a kind of message or a state of a parcel is called."""
    with override(language):
        return gettext(WORDS[key]) if key in WORDS else key.replace("_", " ")


class _Forgiving(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _readable(value: Any, language: str) -> str:
    text = str(value)
    if text in WORDS:
        return gettext(WORDS[text])
    try:
        return format_date(date.fromisoformat(text), "d MMMM", locale=language)
    except ValueError:
        return text
