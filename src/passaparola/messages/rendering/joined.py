"""What a letter tells along: news of the same order that would have been a letter of their own.

Of a few news that come together the most urgent one writes the letter (`rules.together`); each of the others is one
sentence in it, whatever the texts are, ours or the shop's own.
"""

from collections.abc import Mapping, Sequence

from passaparola.messages.rendering.matter import Matter, ParcelRow
from passaparola.messages.rendering.parcels import arrival, contents_of
from passaparola.messages.rendering.texts import words_of


def joined(matter: Matter) -> list[str]:
    """Return a sentence for each of the news told along, in the reader's language."""
    told = matter.told.get("joined")
    news = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    return [
        sentence for one in news if (sentence := _sentence(str(one.get("kind")), one.get("parcel"), matter))
    ]


def told_along(matter: Matter) -> set[int]:
    """Return the parcels of which a letter says something in such a sentence."""
    told = matter.told.get("joined")
    return {one["parcel"] for one in told if one.get("parcel")} if isinstance(told, list) else set()


def _sentence(kind: str, number: object, matter: Matter) -> str:
    words = words_of(matter.language)["joined"].get(kind)
    if words is None:
        return ""
    parcel = next((one for one in matter.parcels if one.pk == number), None)
    shape, what = _shape(number, parcel, matter)
    day = arrival(matter, parcel) if parcel else ""
    when = words["when"].format(arrival=day) if day else words.get("soon", "")
    where = (
        words.get("where", "").format(place=parcel.place)
        if parcel and parcel.place
        else words.get("there", "")
    )
    return str(words[shape]).format(what=what, when=when, where=where)


def _shape(number: object, parcel: ParcelRow | None, matter: Matter) -> tuple[str, str]:
    """Return how the sentence speaks of the parcel, and what is inside: the letter's own, another one, the order."""
    if number is None:
        return "rest", ""
    if number == matter.parcel_id:
        return "own", ""
    moving: Sequence[ParcelRow] = matter.moving
    what, is_many = contents_of(parcel, moving, matter) if parcel else ("", False)
    return ("other" if not what else "many" if is_many else "one"), what
