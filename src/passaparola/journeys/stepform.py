"""The form of a step, made from what it can be told; and back from what was sent to a document's step."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Any

from django.utils.translation import gettext

from passaparola.journeys.known import known
from passaparola.journeys.letters import names_of
from passaparola.journeys.rules.document import Definition, Placed
from passaparola.journeys.rules.settings import DocumentError, Setting
from passaparola.journeys.rules.values import END
from passaparola.journeys.step import STEPS
from passaparola.journeys.stepoptions import Options, grouped, of_old, options_of
from passaparola.journeys.words import EventGroup, StepWords, events_to_tick, said, words_of
from passaparola.segments.builder import Builder, of_condition, of_form, point_out
from passaparola.segments.choices import told_by
from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import EVERYBODY, Condition, ConditionError, parse, write
from passaparola.segments.words import told
from passaparola.stores.models import Store

_NOTHING: tuple[Any, ...] = ("", None, {}, [])


@dataclass
class Shown:
    """One setting in the form."""

    key: str
    type: str
    label: str
    hint: str = ""
    is_required: bool = False
    value: Any = ""
    amount: str = ""
    unit: str = "days"
    first: str = ""
    last: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=list)
    groups: list[tuple[str, Options]] = field(default_factory=list)
    """Options by sort, where there are many."""
    events: list[EventGroup] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    builder: Builder | None = None
    kept: str = ""
    """A condition that the builder can't show, as it goes along with the form untouched."""
    follows: str = ""
    """A condition's field of events: what may be asked changes with them."""
    is_rare: bool = False
    is_set: bool = False
    """Somebody chose it: it is not as it would be by itself."""


def shown(
    kind: str,
    settings: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    *,
    store: Store,
    definition: Definition,
) -> list[Shown]:
    """Return the fields with a step's settings in them, or with what was sent."""
    words = words_of(kind)
    about = settings.get("events") or definition.trigger.kinds
    tells = tuple(told_by(about))
    return [
        field_of(setting, words, settings.get(setting.key), data, store, tells)
        for setting in STEPS[kind].settings
    ]


def field_of(  # noqa: PLR0917 - what a field is made of
    setting: Setting,
    words: StepWords,
    value: Any,
    data: Mapping[str, Any] | None,
    store: Store,
    tells: tuple[str, ...],
    prefix: str = "",
) -> Shown:
    """Return one field; `prefix` tells it from the same one elsewhere on the page."""
    label = str(words.settings.get(setting.key, setting.key))
    hint, is_rare = str(words.hints.get(setting.key, "")), setting.key in words.rare
    setting = replace(setting, key=f"{prefix}{setting.key}")
    key = setting.key
    one = Shown(key, setting.type, label, hint, setting.is_required, options=options_of(setting, store))
    if data is not None:
        _from_data(one, data, tells)
    elif value is not None:
        _from_value(one, value, tells)
    elif one.type in {"channel", "choice"}:
        one.value = setting.default
    if (
        one.type in {"message", "kind", "channel", "member"}
        and one.value
        and one.value not in dict(one.options)
    ):
        # What was chosen once stays chosen, whether or not it is offered still.
        one.options.append((one.value, of_old(one.value, setting.type, store)))
    if one.type == "condition" and one.builder is None:
        _condition(one, _kept(key, data) or value or EVERYBODY, tells)
    if one.type == "shares" and value:
        one.hint = f"{one.hint} {gettext('Now:')} {words.says({'shares': value})}"
    if one.type in {"message", "kind"}:
        one.groups = grouped(one.options, store)
    if one.type == "events":
        one.events = events_to_tick(known()["events"], one.chosen)
    one.is_rare = is_rare
    one.is_set = (
        _sent(setting, data) not in _NOTHING if data is not None else value not in (None, setting.default)
    )
    return one


def _from_value(one: Shown, value: Any, tells: tuple[str, ...]) -> None:
    match one.type:
        case "duration" if isinstance(value, timedelta):
            one.amount, one.unit = durations.parts(durations.write(value))
        case "clock" if isinstance(value, time):
            one.value = f"{value:%H:%M}"
        case "window":
            one.first, one.last = (f"{part:%H:%M}" for part in value)
        case "texts":
            one.texts = value
        case "events":
            one.chosen = list(value)
        case "shares":
            one.value = "\n".join(f"{name}: {part:f}" for name, part in value.items())
        case "data":
            one.value = "\n".join(f"{name}: {part}" for name, part in value.items())
        case "condition":
            _condition(one, value, tells)
        case _:
            one.value = value


def _condition(one: Shown, condition: Condition, tells: tuple[str, ...]) -> None:
    """Show it in the builder; where that is not possible it is told, and goes along as it is."""
    one.builder = of_condition(condition, one.key, tells)
    if one.builder is None:
        one.value, one.kept = told(condition), json.dumps(write(condition))


def _kept(key: str, data: Mapping[str, Any] | None) -> Condition | None:
    text = (data or {}).get(f"{key}-kept")
    try:
        return parse(json.loads(text)) if text else None
    except (ConditionError, ValueError, RecursionError):
        return None


def _from_data(one: Shown, data: Mapping[str, Any], tells: tuple[str, ...]) -> None:
    one.value = data.get(one.key, "")
    one.amount, one.unit = data.get(f"{one.key}-amount", ""), data.get(f"{one.key}-unit", "days")
    one.first, one.last = data.get(f"{one.key}-first", ""), data.get(f"{one.key}-last", "")
    one.texts = {language: data.get(f"{one.key}-{language}", "") for language in ("en", "it")}
    one.chosen = data.getlist(one.key) if hasattr(data, "getlist") else []
    if one.type == "condition" and f"{one.key}-join" in data:
        one.builder = of_form(data, one.key, tells)


def point_at(fields: Sequence[Shown], error: DocumentError) -> None:
    """Say what is wrong beside the row of the condition that it is in."""
    for one in fields:
        name = one.key.rpartition("-")[2]
        if one.builder and name in error.where:
            inner = error.where[error.where.index(name) + 1 :]
            point_out(one.builder, DocumentError(error.template, inner, **error.params))


def sent(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document's step as the form was sent: what is empty is left out."""
    step: dict[str, Any] = {"kind": kind} | sent_fields(STEPS[kind].settings, data)
    if name := data.get("name", "").strip():
        step["name"] = name[:80]
    return step


def sent_fields(settings: Sequence[Setting], data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return what was sent for each of the settings, without what is empty."""
    found = {one.key: _sent(replace(one, key=f"{prefix}{one.key}"), data) for one in settings}
    return {key: value for key, value in found.items() if value not in _NOTHING}


def _sent(setting: Setting, data: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - one answer a type
    key = setting.key
    match setting.type:
        case "duration":
            amount = data.get(f"{key}-amount", "").strip()
            return f"{amount} {data.get(f'{key}-unit', 'days')}" if amount else ""
        case "window":
            first, last = data.get(f"{key}-first", ""), data.get(f"{key}-last", "")
            return f"{first}-{last}" if first or last else ""
        case "texts":
            return {lang: text for lang in ("en", "it") if (text := data.get(f"{key}-{lang}", "").strip())}
        case "events":
            return [one for one in data.getlist(key) if one] if hasattr(data, "getlist") else []
        case "flag":
            return True if data.get(key) else ""
        case "condition":
            if f"{key}-join" not in data and data.get(f"{key}-kept"):
                return _untouched(data[f"{key}-kept"])
            tree = of_form(data, key).tree
            return tree if next(iter(tree.values())) else ""
        case "shares" | "data":
            lines = (line.partition(":") for line in data.get(key, "").splitlines() if line.strip())
            return {name.strip(): text.strip() for name, _, text in lines}
        case _:
            return data.get(key, "").strip()


def _untouched(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text  # no condition: it is said where it is read


@dataclass(frozen=True)
class Way:
    """Where one way of a step leads, to be chosen."""

    way: str
    words: str
    to: str
    options: Options


def titles_of(definition: Definition, store: Store) -> dict[str, str]:
    """What people know the steps by, since nobody sees their ids."""
    names = names_of(store)
    return {
        one.id: one.name or f"{words_of(one.kind).label}: {said(one, names)}"[:70]
        for one in definition.steps.values()
    }


def ways(definition: Definition, placed: Placed, store: Store) -> list[Way]:
    """Return the ways of a step with every step they could lead to."""
    titles = titles_of(definition, store)
    options = [("end", gettext("the end"))] + [
        (one, title) for one, title in titles.items() if one != placed.id
    ]
    words = words_of(placed.kind).ways
    return [
        Way(
            way,
            str(words.get(way, way if way != "next" else gettext("then"))),
            to if to != END else "end",
            options,
        )
        for way, to in placed.ways.items()
    ]
