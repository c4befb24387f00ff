"""Giving money back through the shop system: what is wished, and talking it through with the connector."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from passaparola.kernel.http.client import Answer, Client, Request
from passaparola.kernel.http.errors import BadAnswerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """So much of one order, once."""

    order: str
    """Its id at the source."""
    number: str
    """As customers know it. An id alone may be another order's: files without ids are read by their numbers, and an
    address of a shop may be that of its copy.
    """
    key: str
    """A UUID: told again with the same one, it is the same wish."""
    note: str
    """Stands with the refund in the shop system, and names it there: nothing else has the same."""
    amount: Decimal
    currency: str

    def check(self, number: str, currency: str) -> None:
        """Raise NotGivenError where the order there, as it calls itself, is not the one that is meant."""
        if (_bare(number), currency.upper()) != (_bare(self.number), self.currency.upper()):
            told = {"there": f"{number} ({currency})", "here": f"{self.number} ({self.currency})"}
            raise NotGivenError(
                _("There it is order %(there)s, here %(here)s: give the money back there, by hand.") % told
            )

    def is_noted_in(self, words: str) -> bool:
        """Tell whether a refund's note is ours, by its last word: shop systems tidy the rest, `&` into `&amp;`."""
        return words.split()[-1:] == self.note.split()[-1:]


def _bare(number: str) -> str:
    return number.strip().lstrip("#").strip().lower()


class NobodyKnowsError(BadAnswerError):
    """Something answered in the shop system's place (a proxy that gave up waiting): it may have been given."""

    may_have_arrived = True


class NotGivenError(Exception):
    """The shop system said no, or what it said can't be understood. The sentence is shown to the team."""


Talk = Generator[Request, Answer, str]
"""Yields requests, is sent their answers, and returns the refund's id at the source."""


def give_back(talk: Talk, *, client: Client) -> str:
    """Talk it through. Raises NotGivenError for a no, RequestError where nobody answered.

    After a RequestError that `may_have_arrived` nobody knows: told again, a connector looks first.
    """
    try:
        request = next(talk)
        while True:
            request = talk.send(client.send(request))
    except StopIteration as done:
        return str(done.value)


def complete(settings: tuple[str, ...], given: Mapping[str, str]) -> bool:
    """Tell whether the shop gave everything that is asked for."""
    return bool(settings) and all(given.get(name, "").strip() for name in settings)
