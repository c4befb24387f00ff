"""Why something goes back: a tree of at most two steps, the shop's own or the usual one.

A reason knows whether it is our doing (then nobody pays for sending it back) and whether a photo is needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    key: str
    """`broken`, `broken.on_the_way`: what stands before the dot is its parent."""
    words: str
    """English, a source string; the shop's own texts come in both languages."""
    hint: str = ""
    words_it: str = ""
    """Italian where the shop wrote it itself; the usual reasons are translated with the pages."""
    is_our_doing: bool = False
    needs_photo: bool = False
    needs_a_person: bool = False
    is_off: bool = False
    """The shop does not offer it; what was filed with it keeps its words."""

    @property
    def parent(self) -> str:
        return self.key.rpartition(".")[0]


def _(text: str) -> str:
    """Mark a text for translation: it is translated where it is shown."""
    return text


USUAL: tuple[Reason, ...] = (
    Reason(key="broken", words=_("It arrived broken"), is_our_doing=True, needs_photo=True),
    Reason(key="broken.on_the_way", words=_("The parcel was damaged"), is_our_doing=True, needs_photo=True),
    Reason(
        key="broken.inside",
        words=_("The parcel was fine, the piece is not"),
        is_our_doing=True,
        needs_photo=True,
    ),
    Reason(
        key="wrong",
        words=_("I received the wrong thing"),
        is_our_doing=True,
        needs_photo=True,
    ),
    Reason(key="not_as_shown", words=_("Not as I imagined")),
    Reason(key="not_as_shown.colour", words=_("The colour is different")),
    Reason(key="not_as_shown.size", words=_("Too big or too small")),
    Reason(key="not_as_shown.quality", words=_("I expected better work"), needs_a_person=True),
    Reason(key="too_late", words=_("It came too late"), is_our_doing=True),
    Reason(key="changed_mind", words=_("I changed my mind")),
    Reason(key="gift", words=_("It was a gift")),
)


def tree(reasons: Sequence[Reason]) -> Iterator[tuple[Reason, list[Reason]]]:
    """Yield each first step that is offered with its second steps."""
    offered = [reason for reason in reasons if not reason.is_off]
    for reason in offered:
        if not reason.parent:
            yield reason, [child for child in offered if child.parent == reason.key]


def choosable(reasons: Sequence[Reason]) -> dict[str, Reason]:
    """Return what can be chosen: first steps without second ones, and all second steps."""
    return {choice.key: choice for reason, steps in tree(reasons) for choice in (steps or [reason])}


def named(reasons: Sequence[Reason], key: str) -> Reason:
    """Return a reason by its key, also one no longer offered; a plain one for a key nobody knows."""
    found = {reason.key: reason for reason in (*USUAL, *reasons)}
    return found.get(key) or Reason(key=key, words=key.replace("_", " ").replace(".", " · "))


def switched(off: Sequence[str], photos: Sequence[str], own: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the usual reasons as a shop has set them, and its own ones behind."""
    usual = (
        replace(reason, is_off=reason.key in off or reason.parent in off, needs_photo=reason.key in photos)
        for reason in USUAL
    )
    return (*usual, *own)
