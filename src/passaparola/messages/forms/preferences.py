"""What customers choose about being written to."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passaparola.messages.accounts import name_of
from passaparola.messages.actions.preferences import ELSEWHERE, Wishes
from passaparola.messages.channel import rights_of
from passaparola.messages.models import Message
from passaparola.messages.people import People
from passaparola.messages.reaching import reachable
from passaparola.messages.rules.values import WANTED, Purpose
from passaparola.messages.situations import Situations
from passaparola.stores.models import Store

PAUSE = timedelta(days=30)


class PreferencesForm(forms.Form):
    """Filled with what holds now; only what is changed counts as said."""

    offer = forms.BooleanField(label=_("Offers"), required=False)
    news = forms.BooleanField(label=_("News and stories of the shop"), required=False)
    ask = forms.BooleanField(label=_("Questions, such as how you like what you bought"), required=False)
    frequency = forms.ChoiceField(
        label=_("How often at most"),
        choices=[
            ("", _("As the shop thinks best")),
            ("weekly", _("Once a week")),
            ("monthly", _("Once a month")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("it", "Italiano"), ("en", "English")], required=False
    )
    channel = forms.ChoiceField(
        label=_("Where you like to read us best"), required=False, widget=forms.RadioSelect
    )
    pause = forms.BooleanField(label=_("Nothing of this for 30 days"), required=False)

    def __init__(
        self, *args: Any, store: Store, now: Wishes, channels: Sequence[str] = (), **kwargs: Any
    ) -> None:
        """`channels`: where this person can be reached; only where there are several there is a choice."""
        self.before = now
        self.channels = tuple(channels) if len(channels) > 1 else ()
        initial: dict[str, Any] = {purpose.value: is_given for purpose, is_given in now.agreed.items()}
        initial |= {"frequency": now.frequency, "language": now.language, "pause": bool(now.paused_until)}
        initial |= {"channel": now.channel if now.channel in self.channels else ""}
        initial |= {f"also_{channel}": is_given for channel, is_given in now.elsewhere.items()}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        for channel in now.elsewhere:
            self.fields[f"also_{channel}"] = forms.BooleanField(
                label=wording_of(store, channel), required=False
            )
        if self.channels:
            known = [(channel, name_of(channel)) for channel in self.channels]
            self.fields["channel"].choices = [("", _("As the shop thinks best")), *known]  # type: ignore[attr-defined] # a ChoiceField
        else:
            del self.fields["channel"]

    def also(self) -> list[forms.BoundField]:
        """Return the fields that are about other channels than this page's."""
        return [self[f"also_{channel}"] for channel in self.before.elsewhere]

    def wishes(self, now: datetime) -> Wishes:
        """Return what was chosen; of yes and no only those that are not as they were."""
        given, before = self.cleaned_data, self.before
        until = (before.paused_until or now + PAUSE) if given["pause"] else None
        return Wishes(
            agreed={p: given[p.value] for p in WANTED if given[p.value] != before.agreed.get(p, False)},
            elsewhere={
                channel: given[f"also_{channel}"]
                for channel, is_given in before.elsewhere.items()
                if given[f"also_{channel}"] != is_given
            },
            language=given["language"],
            channel=given["channel"] if self.channels else before.channel,
            frequency=given["frequency"],
            paused_until=until,
        )

    def wordings(self, message: Message) -> Mapping[Purpose | str, str]:
        """Return the sentence of each purpose, and of each other channel, as it stood on the page."""
        here = {
            p: f"{self.fields[p.value].label} — {wording_of(message.store, message.channel)}" for p in WANTED
        }
        return here | {channel: wording_of(message.store, channel) for channel in self.before.elsewhere}


def channels_of(message: Message, now: datetime) -> list[str]:
    """Return where the person who got this message can be reached, on what the shop has switched on."""
    if message.customer is None or message.reader_id is None:
        return []
    person = People.of([message.reader_id]).get(message.reader_id)
    return [*(["email"] if person and person.email else []), *reachable(message.customer, now=now)]


def wishes_now(message: Message, now: datetime) -> Wishes:
    """Return what holds for who got this message, as the sending itself decides it."""
    if (
        message.reader_id is None
    ):  # what holds for the customer whose order it is about is nobody else's to know
        message = copy(message)
        message.customer_id = message.order_id = message.parcel_id = None
    found = Situations.of([message], now, consents_too=True)
    situation, person = found.situation(message), found.person(message)
    agreed = {
        purpose: purpose in situation.consents if purpose.needs_consent else purpose not in situation.declined
        for purpose in WANTED
    }
    if situation.suppressed:
        agreed = dict.fromkeys(WANTED, False)
    elsewhere = {
        channel: set(ELSEWHERE) <= found.agreed_on(person, channel)
        for channel in channels_of(message, now)
        if person is not None and channel != rights_of(message.channel)
    }
    paused = situation.paused_until if situation.paused_until and situation.paused_until > now else None
    return Wishes(
        agreed=agreed,
        elsewhere=elsewhere,
        language=message.language if person is None else found.language(message),
        channel=(person.wish.channel or "") if person else "",
        frequency=situation.frequency,
        paused_until=paused,
    )


def wording_of(store: Store, channel: str = "email") -> str:
    """Return the sentence that is agreed to, kept with the consent: it is about one channel alone."""
    words = gettext(
        "I would like %(shop)s to write to me about offers and news by e-mail. I can end this at any time."
    )
    if rights_of(channel) != "email":
        words = gettext(
            "I would like %(shop)s to write to me about offers and news on %(channel)s. I can end this at any time."
        )
    return words % {"shop": store.name, "channel": name_of(channel)}
