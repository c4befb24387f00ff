"""A condition: a small tree of questions, read from JSON or YAML, with a sentence for everything wrong in it.

    all:
      - {field: customer.orders, is: at_least, value: 2}
      - {field: customer.last_order, is: longer_ago_than, value: 90 days}
      - some_order:
          - {field: order.total, is: more_than, value: 100}
          - {field: order.placed, is: in_last, value: 1 year}
      - {field: history.messages, of: delayed, is: is, value: 0, within: 30 days}

`all`, `any` and `none` join; `some_order` and `no_order` ask whether there is an order of which all of it is
true. Nothing at all is true of everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from passaparola.segments.rules import durations
from passaparola.segments.rules.fields import (
    COMPARISONS,
    FIELDS,
    OPERATORS,
    WITH_DAY,
    WITH_DURATION,
    WITH_LIST,
    WITHOUT_VALUE,
    Field,
    field_of,
)

JOINS = ("all", "any", "none", "some_order", "no_order")
DEEPEST, MOST = 6, 100
LONGEST = 200
"""Characters of a value."""
MOST_OF_A_LIST = 200
BIGGEST = Decimal(10) ** 12

Where = tuple[str | int, ...]


class ConditionError(ValueError):
    """Something in the condition can't be read; `where` is the way to it, `words` say what and what to do."""

    def __init__(self, words: str, where: Where = (), **params: object) -> None:
        super().__init__(words % params if params else words)
        self.template, self.params, self.where = words, params, where


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `value` is exact: Decimal, text, date, timedelta, bool, or a tuple of texts."""

    field: Field
    operator: str
    value: Any = None
    of: str = ""
    """For counts: the kind of event or message."""
    within: timedelta | None = None
    about_order: bool = False
    """For counts: only what belongs to the order in question."""


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions joined by one of `JOINS`."""

    join: str
    parts: tuple["Condition", ...] = ()


Condition = Question | Group
EVERYBODY = Group("all")


def parse(tree: object, *, known: Mapping[str, Sequence[str]] | None = None) -> Condition:
    """Read a tree. Raises ConditionError. `known` holds, per list of choices, the words there are."""
    if tree in (None, {}, []):
        return EVERYBODY
    counted = iter(range(MOST))
    return _node(tree, (), known or {}, counted, 0)


def _node(
    tree: object, where: Where, known: Mapping[str, Sequence[str]], counted: Iterator[int], depth: int
) -> Condition:
    if next(counted, None) is None:
        raise ConditionError("These are more than %(most)s conditions: split them.", where, most=MOST)
    if depth > DEEPEST:
        raise ConditionError("This is nested too deeply: six levels are the most.", where)
    if isinstance(tree, list):
        tree = {"all": tree}
    if not isinstance(tree, Mapping):
        raise ConditionError(
            "A condition has a field, or one of all, any, none, some_order, no_order.", where
        )
    joins = [key for key in tree if key in JOINS]
    if joins:
        if len(tree) > 1:
            raise ConditionError(
                "“%(join)s” stands alone: put it beside the others in a list.", where, join=joins[0]
            )
        parts = tree[joins[0]]
        if not isinstance(parts, list):
            raise ConditionError("“%(join)s” needs a list of conditions.", (*where, joins[0]), join=joins[0])
        inner = (
            _node(part, (*where, joins[0], n), known, counted, depth + 1) for n, part in enumerate(parts)
        )
        return Group(joins[0], tuple(inner))
    return _question(tree, where, known)


def _question(tree: Mapping[str, Any], where: Where, known: Mapping[str, Sequence[str]]) -> Question:
    unknown = next(
        (key for key in tree if key not in {"field", "is", "value", "of", "within", "about"}), None
    )
    if unknown is not None:
        raise ConditionError("“%(key)s” is not known here.", where, key=str(unknown)[:60])
    name = str(tree.get("field") or "")
    if not name:
        raise ConditionError("Choose what this condition asks, or take it away.", (*where, "field"))
    field = field_of(name)
    if field is None:
        near = _nearest(name)
        raise ConditionError(
            "There is no field “%(name)s”; did you mean “%(near)s”?",
            (*where, "field"),
            name=name[:60],
            near=near,
        )
    operator = _word(tree.get("is", COMPARISONS[0] if field.type == "count" else "is"))
    if operator not in OPERATORS[field.type]:
        raise ConditionError(
            "“%(field)s” can't be asked “%(operator)s”; there is: %(operators)s.",
            (*where, "is"),
            field=field.key,
            operator=operator[:60],
            operators=", ".join(OPERATORS[field.type]),
        )
    value = _value(field, operator, tree.get("value", 1 if field.type == "count" else None), where, known)
    if field.type != "count":
        if extra := next((key for key in ("of", "within", "about") if key in tree), None):
            raise ConditionError("“%(key)s” belongs to history only.", (*where, extra), key=extra)
        return Question(field, operator, value)
    return Question(field, operator, value, *_counted(field, tree, where, known))


def _word(value: object) -> str:
    # YAML reads a bare `is: true` as a truth, and people write “at least”.
    return str(value).strip().replace(" ", "_")


def _counted(
    field: Field, tree: Mapping[str, Any], where: Where, known: Mapping[str, Sequence[str]]
) -> tuple[str, timedelta | None, bool]:
    of = str(tree.get("of", ""))
    words = known.get(field.choices)
    if not of.replace("_", "").isalnum() or (words is not None and of not in words):
        raise ConditionError("“%(of)s” is nothing that is counted.", (*where, "of"), of=of[:60])
    within = None
    if tree.get("within"):
        within = durations.parse(tree["within"])
        if within is None:
            raise ConditionError("“within” is a length of time such as “90 days”.", (*where, "within"))
    about = str(tree.get("about", "customer"))
    if about not in {"customer", "order"}:
        raise ConditionError("“about” is customer or order.", (*where, "about"))
    return of, within, about == "order"


def _value(  # noqa: PLR0911 - one answer a type
    field: Field, operator: str, value: object, where: Where, known: Mapping[str, Sequence[str]]
) -> Any:
    here = (*where, "value")
    if operator in WITHOUT_VALUE:
        return None
    if operator in WITH_DURATION:
        length = durations.parse(value)
        if length is None:
            raise ConditionError(
                "“%(operator)s” needs a length of time such as “90 days”.", here, operator=operator
            )
        return length
    if operator in WITH_DAY:
        return _day(value, here)
    if operator in WITH_LIST:
        values = value if isinstance(value, list) else [part.strip() for part in str(value or "").split(",")]
        if len(values) > MOST_OF_A_LIST:
            raise ConditionError("A list of 200 is the longest.", here)
        texts = tuple(_text(one, here) for one in values if one not in (None, ""))
        if not texts:
            raise ConditionError("Name at least one.", here)
        return tuple(_chosen(field, text, here, known) for text in texts)
    if field.type in {"number", "money", "count"} or operator in {"at_least", "at_most"}:
        return _number(field, value, here)
    if field.type == "flag":
        return _flag(value, here)
    return _chosen(field, _text(value, here), here, known)


def _day(value: object, where: Where) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ConditionError("A day is written like 2026-11-18.", where) from None


def _number(field: Field, value: object, where: Where) -> Decimal:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        raise ConditionError("“%(field)s” is compared with a number.", where, field=field.key) from None
    if not number.is_finite() or abs(number) > BIGGEST:
        raise ConditionError("This number is too large.", where)
    if field.type in {"number", "count"} and (number != int(number) or number < 0):
        raise ConditionError("“%(field)s” is compared with a whole number.", where, field=field.key)
    return number


def _flag(value: object, where: Where) -> bool:
    if isinstance(value, bool):
        return value
    words = {"yes": True, "true": True, "no": False, "false": False}
    if (word := str(value).strip().lower()) not in words:
        raise ConditionError("This is yes or no.", where)
    return words[word]


def _text(value: object, where: Where) -> str:
    if isinstance(value, bool):
        # YAML takes NO, the country, for a no.
        raise ConditionError("Put this word in quotation marks: YAML reads it as yes or no.", where)
    text = str(value if value is not None else "").replace("\x00", "").strip()
    if not text:
        raise ConditionError("Say what to compare it with.", where)
    if len(text) > LONGEST:
        raise ConditionError("This text is longer than 200 characters.", where)
    return text


def _chosen(field: Field, text: str, where: Where, known: Mapping[str, Sequence[str]]) -> str:
    words = known.get(field.choices)
    if words is None or field.type != "choice":
        return text
    for word in words:
        if word.lower() == text.lower():
            return word
    raise ConditionError("“%(text)s” is none of: %(those)s.", where, text=text, those=", ".join(words[:20]))


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, FIELDS, n=1, cutoff=0.0)), "customer.orders")


def write(condition: Condition) -> dict[str, Any]:
    """Return the tree as JSON and YAML hold it: what `parse` reads to the same condition."""
    if isinstance(condition, Group):
        return {condition.join: [write(part) for part in condition.parts]}
    tree: dict[str, Any] = {"field": condition.field.key}
    if condition.of:
        tree["of"] = condition.of
    tree["is"] = condition.operator
    if condition.operator not in WITHOUT_VALUE:
        tree["value"] = _plain(condition.value)
    if condition.within:
        tree["within"] = durations.write(condition.within)
    if condition.about_order:
        tree["about"] = "order"
    return tree


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else f"{value:f}"
    if isinstance(value, timedelta):
        return durations.write(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def questions_of(condition: Condition) -> Iterator[Question]:
    """Every question in it."""
    if isinstance(condition, Question):
        yield condition
    else:
        for part in condition.parts:
            yield from questions_of(part)
