"""The builder of conditions: a form of rows that works without a script, from a tree and back to one.

Each row is one question; groups hold rows of their own, one level deep. A condition that is nested deeper is
edited as text. Names are `<prefix>-<row>-field`, `<prefix>-<row>.<row>-value` and so on.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from passaparola.segments.choices import known
from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import (
    JOINS,
    Condition,
    ConditionError,
    Group,
    Where,
    parse,
    write,
)
from passaparola.segments.rules.fields import (
    EVENT,
    FIELDS,
    OPERATORS,
    WITH_DAY,
    WITH_DURATION,
    WITHOUT_VALUE,
    Field,
    field_of,
)
from passaparola.segments.words import ABOUT, VALUES, choice, counted, list_of, told_by_event
from passaparola.segments.words import FIELDS as FIELD_WORDS
from passaparola.segments.words import JOINS as JOIN_WORDS
from passaparola.segments.words import OPERATORS as OPERATOR_WORDS
from passaparola.segments.words import UNITS as UNIT_WORDS

MOST_ROWS = 40
DEEP = ("some_order", "no_order")
Options = list[tuple[str, str]]
Tree = dict[str, Any]


@dataclass
class Row:
    """One line of the form: a question, or a group with lines of its own."""

    name: str
    """`if-2` or `if-2.0`: what its inputs' names begin with."""
    path: str
    field: str = ""
    operator: str = ""
    value: str = ""
    amount: str = ""
    unit: str = "days"
    of: str = ""
    within: str = ""
    within_unit: str = "days"
    about: str = ""
    join: str = ""
    """Set for a group."""
    rows: list["Row"] = dataclasses.field(default_factory=list)
    error: str = ""
    is_new: bool = False
    """Asked for just now: where somebody goes on typing."""

    @property
    def known_field(self) -> Field | None:
        return field_of(self.field)

    @property
    def operators(self) -> Options:
        kind = self.known_field
        return [(one, str(OPERATOR_WORDS[one])) for one in (OPERATORS[kind.type] if kind else ("is",))]

    @property
    def shape(self) -> str:
        """Which inputs the value needs: `none`, `length`, `day`, `flag`, `number`, `choice`, `count` or `text`."""
        kind = self.known_field
        if kind is None or self.operator in WITHOUT_VALUE:
            return "none"
        if self.operator in WITH_DURATION:
            return "length"
        if self.operator in WITH_DAY:
            return "day"
        if kind.type in {"number", "money", "count"}:
            return "count" if kind.type == "count" else "number"
        if kind.type == "flag":
            return "flag"
        return "choice" if self.choices and self.operator in {"is", "is_not"} else "text"

    @property
    def is_whole(self) -> bool:
        """Tell whether everything was typed that it needs."""
        shape = self.shape
        return bool(self.field) and (
            shape == "none" or bool(self.amount if shape == "length" else self.value)
        )

    @property
    def step(self) -> str:
        kind = self.known_field
        return "0.01" if kind and kind.type == "money" else "1"

    @property
    def choices(self) -> Options:
        kind = self.known_field
        if kind is None or kind.type not in {"choice", "event"}:
            return []
        named = list_of(kind)
        words = known().get(named, VALUES.get(named, ()))
        return [(word, choice(named, word)) for word in words]

    @property
    def counted(self) -> Options:
        kind = self.known_field
        words = known().get(kind.choices, ()) if kind and kind.type == "count" else ()
        named = [(word, counted(kind.choices, word)) for word in words] if kind else []
        return sorted(named, key=lambda pair: pair[1].lower())


@dataclass
class Builder:
    prefix: str
    join: str = "all"
    rows: list[Row] = dataclasses.field(default_factory=list)
    more_fields: tuple[str, ...] = ()
    """What the event tells, where the condition is about one."""

    @property
    def joins(self) -> Options:
        return [(join, str(JOIN_WORDS[join])) for join in ("all", "any", "none")]

    @property
    def group_joins(self) -> Options:
        return [(join, str(JOIN_WORDS[join])) for join in JOINS]

    @property
    def units(self) -> Options:
        return [(unit, str(words)) for unit, words in UNIT_WORDS.items()]

    @property
    def fields(self) -> list[tuple[str, Options]]:
        groups = [
            (str(words), [(key, str(FIELD_WORDS[key])) for key, one in FIELDS.items() if one.about == about])
            for about, words in ABOUT.items()
        ]
        # What a row asks for already is offered too, so that saving the form never loses it.
        asked = {row.field.removeprefix(EVENT) for row in self._questions if row.field.startswith(EVENT)}
        more = sorted({*self.more_fields, *asked})
        groups += [(gettext("The event"), [(f"{EVENT}{name}", told_by_event(name)) for name in more])]
        return [(words, options) for words, options in groups if options]

    @property
    def _questions(self) -> Iterator[Row]:
        for row in self.rows:
            yield from row.rows if row.join else [row]

    @property
    def tree(self) -> Tree:
        """The condition as typed, to be read by `rules.condition.parse`.

        A row of which nothing was chosen is in it, and is refused there: left out, it would let in everybody.
        """
        return {self.join: [_tree(row, inner) for row, inner in self.read()]}

    @property
    def so_far(self) -> Tree:
        """The same without questions that are only begun: who is typing is told nothing of what is missing still."""
        return {self.join: [_tree(row, inner) for row, inner in self.read(so_far=True)]}

    def read(self, *, so_far: bool = False) -> list[tuple[Row, list[Row]]]:
        """Return the rows that `tree`, or `so_far`, is made of, each with those of it."""
        rows = [(row, [inner for inner in row.rows if inner.is_whole or not so_far]) for row in self.rows]
        return [(row, inner) for row, inner in rows if not so_far or inner or (row.is_whole and not row.join)]


def of_condition(condition: Condition, prefix: str = "if", more_fields: Iterable[str] = ()) -> Builder | None:
    """Return the form for a condition, or None where it can't show it: nested too deeply, or lost on the way back."""
    top = (
        condition
        if isinstance(condition, Group) and condition.join not in DEEP
        else Group("all", (condition,))
    )
    if not all(_fits(part) for part in top.parts) or not _is_sent_whole(top):
        return None
    rows = [_row(write(part), f"{prefix}-{n}", str(n)) for n, part in enumerate(top.parts)]
    found = Builder(prefix, top.join, rows, tuple(more_fields))
    try:
        return (
            found if parse(found.tree) == top else None
        )  # a list's value may hold the comma that parts them
    except ConditionError:
        return None


def _fits(part: Condition) -> bool:
    return not isinstance(part, Group) or not any(isinstance(inner, Group) for inner in part.parts)


def _is_sent_whole(top: Group) -> bool:
    """Tell whether all of it comes back: so many rows are read, and a form without any means everybody."""
    groups = [top, *(part for part in top.parts if isinstance(part, Group))]
    return all(len(one.parts) <= MOST_ROWS for one in groups) and (bool(top.parts) or top.join == "all")


def _row(tree: Tree, name: str, path: str) -> Row:
    for join in JOINS:
        if join in tree:
            rows = [_row(one, f"{name}.{n}", f"{path}.{n}") for n, one in enumerate(tree[join])]
            return Row(name, path, join=join, rows=rows)
    row = Row(
        name,
        path,
        field=tree["field"],
        operator=tree["is"],
        of=tree.get("of", ""),
        about=tree.get("about", ""),
    )
    value = tree.get("value", "")
    if row.shape == "length":
        row.amount, row.unit = durations.parts(value)
    elif isinstance(value, bool):
        row.value = "yes" if value else "no"
    else:
        row.value = ", ".join(value) if isinstance(value, list) else str(value)
    if tree.get("within"):
        row.within, row.within_unit = durations.parts(tree["within"])
    return row


def of_form(data: Mapping[str, str], prefix: str = "if", more_fields: Iterable[str] = ()) -> Builder:
    """Return the form as it was sent, with what its buttons asked for done: a row more, a row less."""
    join = data.get(f"{prefix}-join", "all")
    found = Builder(prefix, join if join in {"all", "any", "none"} else "all", more_fields=tuple(more_fields))
    found.rows = [
        _sent(data, f"{prefix}-{n}", str(n)) for n in range(MOST_ROWS) if _is_sent(data, f"{prefix}-{n}")
    ]
    _do(found, data.get("do", ""))
    _number(found)
    return found


def _is_sent(data: Mapping[str, str], name: str) -> bool:
    return f"{name}-field" in data or f"{name}-join" in data


def _sent(data: Mapping[str, str], name: str, path: str) -> Row:
    if f"{name}-join" in data and "." not in path:  # a group in a group is no form of ours
        join = data[f"{name}-join"]
        inner = [
            _sent(data, f"{name}.{n}", f"{path}.{n}")
            for n in range(MOST_ROWS)
            if _is_sent(data, f"{name}.{n}")
        ]
        return Row(name, path, join=join if join in JOINS else "any", rows=inner)
    told = {
        key: data.get(f"{name}-{key}", "").strip()
        for key in ("field", "value", "amount", "unit", "of", "within", "within_unit", "about")
    }
    row = Row(name, path, told["field"], data.get(f"{name}-is", ""), told["value"])
    row.amount, row.of, row.about, row.within = told["amount"], told["of"], told["about"], told["within"]
    # A row that had no such list yet begins with days, not with whichever unit stands first.
    row.unit, row.within_unit = told["unit"] or row.unit, told["within_unit"] or row.within_unit
    allowed = [one for one, _ in row.operators]
    if row.operator not in allowed:
        row.operator = allowed[0]
    # What a list shows as chosen is chosen, also before anybody opened it.
    if row.shape == "flag":
        row.value = row.value or "yes"
    elif row.shape == "choice":
        row.value = row.value or row.choices[0][0]
    elif row.shape == "count":
        row.of = row.of or row.counted[0][0]
    return row


def _do(found: Builder, what: str) -> None:
    """Do what the pressed button says: `if:add`, `if:group`, `if:add-2`, `if:remove-2.1`."""
    prefix, _, rest = what.partition(":")
    if prefix != found.prefix:
        return
    verb, _, path = rest.partition("-")
    if verb == "group":
        found.rows.append(Row("", "", join="any", rows=[Row("", "", is_new=True)]))
    elif verb == "add" and not path:
        found.rows.append(Row("", "", is_new=True))
    elif verb == "add":
        for row in found.rows:
            if row.path == path:
                row.rows.append(Row("", "", is_new=True))
    elif verb == "remove":
        found.rows = [row for row in found.rows if row.path != path]
        for row in found.rows:
            row.rows = [inner for inner in row.rows if inner.path != path]


def _number(found: Builder) -> None:
    for n, row in enumerate(found.rows):
        row.name, row.path = f"{found.prefix}-{n}", str(n)
        for m, inner in enumerate(row.rows):
            inner.name, inner.path = f"{row.name}.{m}", f"{n}.{m}"


def _tree(row: Row, inner: Iterable[Row] = ()) -> Tree:
    if row.join:
        return {row.join: [_tree(one) for one in inner] or [_tree(Row("", ""))]}
    tree: Tree = {"field": row.field, "is": row.operator}
    shape = row.shape
    if shape == "length":
        tree["value"] = f"{row.amount} {row.unit}"
    elif shape != "none":
        tree["value"] = row.value
    if shape == "count":
        tree["of"] = row.of
        if row.within:
            tree["within"] = f"{row.within} {row.within_unit}"
        if row.about == "order":
            tree["about"] = "order"
    return tree


def point_out(found: Builder, error: ConditionError, *, so_far: bool = False) -> None:
    """Say what is wrong beside the row it is in; `so_far` where that is what was read."""
    words = told_in_words(error)
    rows = found.read(so_far=so_far)
    where = [part for part in error.where if isinstance(part, int)]
    row, inner = rows[where[0]] if where and where[0] < len(rows) else (None, [])
    if row and len(where) > 1:
        row = inner[where[1]] if where[1] < len(inner) else row
    if row:
        row.error = words
    elif found.rows:
        found.rows[0].error = words


def told(error: ConditionError) -> str:
    """Return its sentence in the reader's language, with fields as a text calls them: `order.total`."""
    sentence = gettext(error.template)
    return sentence % error.params if error.params else sentence


def told_in_words(error: ConditionError) -> str:
    """Return its sentence with fields and questions as the form calls them: “total of the order”, “at least”."""
    named = {
        name: str((OPERATOR_WORDS if name == "operator" else FIELD_WORDS).get(str(value), value))
        for name, value in error.params.items()
    }
    return told(type(error)(error.template, error.where, **named))


def place(where: Where) -> str:
    """Return the way to something as people read it: `steps, 2, if`."""
    return ", ".join(str(part + 1) if isinstance(part, int) else part for part in where)
