"""How a return travels: what its customer has to do, what they need for it, and what is under way."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from passaparola.returns.codes import qr
from passaparola.returns.models import BackParcel, Return, Settings
from passaparola.returns.rules.policy import Way
from passaparola.returns.rules.states import WITH_THE_CUSTOMER, State
from passaparola.tracking.known_carriers import key_of_words, link

S = State


class Sending:
    """Of one return, in the reader's language."""

    def __init__(self, filed: Return, settings: Settings, language: str) -> None:
        self.filed, self.settings, self.language = filed, settings, language
        parcels = list(filed.parcels.defer("label").order_by("pk"))
        self.parcels: list[BackParcel] = [parcel for parcel in parcels if not parcel.is_to_customer]
        self.to_customer: list[BackParcel] = [parcel for parcel in parcels if parcel.is_to_customer]

    @property
    def has_arrived(self) -> bool:
        """What the customer gets instead is there, as the carrier says."""
        return any(parcel.arrived_at for parcel in self.to_customer)

    @property
    def to_send(self) -> bool:
        """The customer has to do something: send it."""
        return self.filed.state in WITH_THE_CUSTOMER - {S.REQUESTED} and not self.filed.is_kept

    @property
    def may_cancel(self) -> bool:
        return self.filed.state in WITH_THE_CUSTOMER and not self.filed.is_withdrawal

    @property
    def is_fetched(self) -> bool:
        """Somebody comes for it: the customer sends nothing."""
        return self.filed.goes_by is Way.PICK_UP

    @property
    def may_add_parcel(self) -> bool:
        filed = self.filed
        may = filed.state in {S.APPROVED, S.LABEL_SENT, S.POSTED, S.TRAVELLING} and not filed.is_kept
        return may and not (self.is_fetched and (self.waits_for_us or filed.posted_at))

    @property
    def instructions(self) -> str | Promise:
        way = self.filed.goes_by
        if way is Way.DROP_OFF:
            place = self.settings.drop_off_it if self.language.startswith("it") else self.settings.drop_off_en
            return place or _("Take it to the counter and show the code.")
        if way is Way.PICK_UP:
            return _("Have it packed, with this number on it: %(number)s.") % {"number": self.filed.number}
        if way is Way.LABEL:
            return _("Stick the label on the parcel and hand it to the carrier.")
        return _("Send it with the carrier you like, and keep the receipt.")

    @property
    def waits_for_us(self) -> bool:
        return self.to_send and self.filed.waits_for_us

    @property
    def collection(self) -> str:
        """The day and hours at which it is fetched, in the team's words."""
        given = (parcel.code for parcel in self.parcels if parcel.code)
        return next(given, "") if self.is_fetched else ""

    @property
    def address(self) -> list[str]:
        return [line.strip() for line in f"{self.filed.store.name}, {self.settings.sent_to()}".split(",")]

    @property
    def codes(self) -> list[Any]:
        """A QR code for each parcel that has one."""
        given = [parcel.code for parcel in self.parcels if parcel.code and not self.collection]
        return [(code, qr(code, _("Code %(code)s") % {"code": code})) for code in given[:2]]

    @property
    def labels(self) -> list[BackParcel]:
        return [parcel for parcel in self.parcels if parcel.has_label]

    @property
    def under_way(self) -> list[tuple[str | Promise, list[tuple[BackParcel, str]]]]:
        """What travels, newest way first: to the customer, and to us."""
        ways = ((_("On its way to you"), self.to_customer), (_("On its way back"), self.parcels))
        numbered = ((title, [parcel for parcel in parcels if parcel.number]) for title, parcels in ways)
        return [
            (title, [(parcel, self._page_of(parcel)) for parcel in sent]) for title, sent in numbered if sent
        ]

    def _page_of(self, parcel: BackParcel) -> str:
        return link(key_of_words(parcel.carrier), parcel.number, self.language)
